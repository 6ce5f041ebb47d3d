import { type Tuple, tuple, type Value } from '../../jinja/index.ts';
import { cellValue } from './cell.ts';
import { MappedSequence } from './sequence.ts';
import type { AgateColumnSpec } from './types.ts';

/** One row: `row['name']`, `row[0]`, `row.name`. Its values are converted when it is looked at. */
export class AgateRow extends MappedSequence {
  readonly #columns: readonly AgateColumnSpec[];
  readonly #names: readonly string[];
  #raw: readonly unknown[] | undefined;
  #values: Tuple | undefined;

  constructor(raw: readonly unknown[], columns: readonly AgateColumnSpec[], names: readonly string[]) {
    super();
    this.#raw = raw;
    this.#columns = columns;
    this.#names = names;
  }

  pyTypeName(): string {
    return 'Row';
  }

  values(): Tuple {
    if (!this.#values) {
      const raw = this.#raw ?? [];
      this.#values = tuple(this.#columns.map((column, i) => cellValue(raw[i], column.type)));
      this.#raw = undefined;
    }
    return this.#values;
  }

  names(): readonly string[] {
    return this.#names;
  }

  /** One value, without making those beside it. */
  at(index: number): Value {
    const column = this.#columns[index];
    if (this.#values || !column) return this.values()[index];
    return cellValue(this.#raw?.[index], column.type);
  }
}
