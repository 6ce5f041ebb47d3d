import { Dict, PyObject, type Value } from '../../jinja/index.ts';
import type { DataMap } from '../../util/data.ts';
import { compilationProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';
import { configData } from './config-data.ts';

/** Template global `config` while parsing: a call is recorded, every question is answered with ''. */
export class ParseConfig extends PyObject {
  readonly #record: (call: DataMap) => void;

  constructor(record: (call: DataMap) => void) {
    super();
    this.#record = record;
  }

  pyTypeName(): string {
    return 'ParseConfigObject';
  }

  override pyCall(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
    const [options] = args;
    if (args.length === 1 && kwargs.size === 0 && options instanceof Dict) return this.#call(options.entries());
    if (args.length === 0 && kwargs.size > 0) return this.#call(kwargs.entries());
    throw compilationProblem('Invalid inline model config');
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'set':
        return pyFunction('set', ['name', 'value'], (key, value) => this.#call([[key, value]]));
      case 'get':
      case 'require':
      case 'meta_get':
      case 'meta_require':
        return pyFunction(name, ['name', 'default?', 'validator?'], () => '');
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return pyFunction(name, [], () => false);
      default:
        return undefined;
    }
  }

  #call(options: Iterable<readonly [Value, Value]>): string {
    const call: Record<string, DataMap[string]> = {};
    const given = [...options];
    for (const [key, value] of given) {
      const spelling =
        String(key) === 'pre_hook' || String(key) === 'post_hook' ? String(key).replace('_', '-') : String(key);
      if (spelling !== key && given.some(([other]) => other === spelling))
        throw compilationProblem(`Invalid config, has conflicting keys "${key}" and "${spelling}"`);
      call[spelling] = configData(value);
    }
    this.#record(call);
    return '';
  }
}
