import { hostFunction, iterate, PySet, type Tuple, tuple, type Value } from '../../jinja/index.ts';
import { sortedValues } from './order.ts';
import type { AgateRow } from './row.ts';
import { MappedSequence } from './sequence.ts';
import { AgateType, type AgateTypeName } from './types.ts';

/** One column: `.values()`, `.name`, `.data_type`, and a sequence itself. */
export class AgateColumn extends MappedSequence {
  readonly name: string;
  readonly type: AgateTypeName;
  readonly #index: number;
  readonly #rows: readonly AgateRow[];
  #values: Tuple | undefined;

  constructor(index: number, name: string, type: AgateTypeName, rows: readonly AgateRow[]) {
    super();
    this.#index = index;
    this.name = name;
    this.type = type;
    this.#rows = rows;
  }

  pyTypeName(): string {
    return 'Column';
  }

  values(): Tuple {
    this.#values ??= tuple(this.#rows.map((row) => row.at(this.#index)));
    return this.#values;
  }

  names(): undefined {
    return undefined;
  }

  override pyAttr(name: string): Value | undefined {
    const present = () => this.values().filter((value) => value !== null);
    switch (name) {
      case 'name':
        return this.name;
      case 'index':
        return this.#index;
      case 'data_type':
        return new AgateType(this.type);
      case 'values_distinct':
        return hostFunction(name, () => tuple(iterate(new PySet(this.values()))));
      case 'values_without_nulls':
        return hostFunction(name, () => tuple(present()));
      case 'values_sorted':
        return hostFunction(name, () => sortedValues([...this.values()]));
      case 'values_without_nulls_sorted':
        return hostFunction(name, () => sortedValues(present()));
      default:
        return super.pyAttr(name);
    }
  }
}
