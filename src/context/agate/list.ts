import { type Tuple, tuple } from '../../jinja/index.ts';
import { MappedSequence } from './sequence.ts';

/** `table.rows` and `table.columns`. */
export class AgateList extends MappedSequence {
  readonly #values: Tuple;
  readonly #names: readonly string[] | undefined;

  constructor(items: Iterable<MappedSequence>, names?: readonly string[]) {
    super();
    this.#values = tuple(items);
    this.#names = names;
  }

  pyTypeName(): string {
    return 'MappedSequence';
  }

  values(): Tuple {
    return this.#values;
  }

  names(): readonly string[] | undefined {
    return this.#names;
  }
}
