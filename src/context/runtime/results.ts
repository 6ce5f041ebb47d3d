import { Dict, PyObject, str, type Value } from '../../jinja/index.ts';
import { AgateTable } from '../agate/table.ts';
import { compilationProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';

/** What the database said about a statement: `load_result('main').response`. */
export class AdapterResponse extends PyObject {
  readonly message: string;
  readonly #fields: ReadonlyMap<string, Value>;

  /** `fields`: `code`, `rows_affected`, `query_id`. */
  constructor(message: string, fields: ReadonlyMap<string, Value>) {
    super();
    this.message = message;
    this.#fields = fields;
  }

  pyTypeName(): string {
    return 'AdapterResponse';
  }

  override pyAttr(name: string): Value | undefined {
    return name === '_message' || name === 'message' ? this.message : this.#fields.get(name);
  }

  override pyStr(): string {
    return this.message;
  }

  /** Field by field, for `adapter_response` of run_results.json. */
  fields(): ReadonlyMap<string, Value> {
    return new Map([['_message', this.message], ...this.#fields]);
  }
}

/** What `store_result` kept under each name. A result is given out once; only `main` stays. */
export class ResultStore {
  readonly kept = new Map<string, Value>();

  storeWord(): Value {
    return pyFunction('store_result', ['name', 'response', 'agate_table?'], (name, response, table) =>
      this.#store(name, response, table),
    );
  }

  storeRawWord(): Value {
    const parameters = ['name', 'message?', 'code?', 'rows_affected?', 'agate_table?'];
    return pyFunction(
      'store_raw_result',
      parameters,
      (name, message = null, code = null, rows = null, table = null) => {
        const fields = new Map<string, Value>([
          ['code', code],
          ['rows_affected', rows],
        ]);
        return this.#store(name, new AdapterResponse(str(message), fields), table);
      },
    );
  }

  loadWord(): Value {
    return pyFunction('load_result', ['name'], (name: string) => {
      const result = this.kept.get(name);
      if (result === undefined) return null;
      if (result === null)
        throw compilationProblem(`The 'statement' result named '${name}' has already been loaded into a variable`);
      if (name !== 'main') this.kept.set(name, null);
      return result;
    });
  }

  #store(name: string, response: Value, table: Value): string {
    const kept = table instanceof AgateTable ? table : AgateTable.of({ columns: [], rows: [] });
    const result = new Dict([
      ['response', response],
      ['data', kept.matrix()],
      ['table', kept],
    ]);
    this.kept.set(name, result);
    return '';
  }
}
