import { callValue, Dict, PyObject, type Step, truth, type Value } from '../../jinja/index.ts';
import { missingConfigText } from '../calls/exceptions.ts';
import { lazyValue, modelDict } from '../node-data.ts';
import { compilationProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';
import { pythonClass } from '../python-type.ts';

type Plain = Readonly<Record<string, unknown>>;
const ACCEPTED = ['name', 'default?', 'validator?'];

export interface RuntimeConfigInput {
  /** undefined for a macro, which has no configuration. */
  readonly node: Plain | undefined;
  /** Told when a key is asked for that stands under `meta` only; dbt warns then. */
  readonly onMetaKey: (key: string) => void;
}

/** Template global `config` while executing: the node's configuration is settled, `config()` itself does nothing. */
export class RuntimeConfig extends PyObject {
  readonly #input: RuntimeConfigInput;

  constructor(input: RuntimeConfigInput) {
    super();
    this.#input = input;
  }

  pyTypeName(): string {
    return 'RuntimeConfigObject';
  }

  override pyCall(): Value {
    return '';
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return pyFunction(name, ACCEPTED, (key, otherwise = null, validator = null) =>
          checked(orElse(this.#get(key), otherwise), otherwise === null ? null : validator),
        );
      case 'meta_get':
        return pyFunction(name, ACCEPTED, (key, otherwise = null, validator = null) =>
          checked(orElse(this.#meta(key), otherwise), otherwise === null ? null : validator),
        );
      case 'require':
        return pyFunction(name, ['name', 'validator?'], (key, validator = null) =>
          checked(this.#required(this.#get(key), key), validator),
        );
      case 'meta_require':
        return pyFunction(name, ['name', 'validator?'], (key, validator = null) =>
          checked(this.#required(this.#meta(key), key), validator),
        );
      case 'set':
        return pyFunction(name, ['name', 'value'], () => '');
      case 'persist_relation_docs':
        return pyFunction(name, [], () => this.#persists('relation'));
      case 'persist_column_docs':
        return pyFunction(name, [], () => this.#persists('columns'));
      case 'model':
        return this.#input.node && modelDict(this.#input.node);
      default:
        return undefined;
    }
  }

  /** JavaScript's undefined where there is no such key; a key that is there answers even with none. */
  #get(key: string): Value | undefined {
    const config = this.#config();
    const spelling = key === 'pre_hook' || key === 'post_hook' ? key.replace('_', '-') : key;
    if (Object.hasOwn(config, spelling)) return lazyValue(config[spelling]);
    if (this.#meta(key) !== undefined) this.#input.onMetaKey(key);
    return undefined;
  }

  #meta(key: string): Value | undefined {
    const meta = (this.#config()['meta'] ?? {}) as Plain;
    return Object.hasOwn(meta, key) ? lazyValue(meta[key]) : undefined;
  }

  #config(): Plain {
    return (this.#input.node?.['config'] ?? {}) as Plain;
  }

  #required(value: Value | undefined, key: string): Value {
    if (value !== undefined) return value;
    throw compilationProblem(missingConfigText(String(this.#input.node?.['unique_id']), key), 'TSD2003');
  }

  #persists(what: 'relation' | 'columns'): boolean {
    const given = this.#get('persist_docs') ?? new Dict();
    if (given instanceof Dict) return truth(given.get(what) ?? false);
    throw compilationProblem(
      `Invalid value provided for 'persist_docs'. Expected dict but received ${pythonClass(given)}`,
    );
  }
}

function orElse(value: Value | undefined, otherwise: Value): Value {
  return value === undefined ? otherwise : value;
}

function* checked(value: Value, validator: Value): Step<Value> {
  if (validator !== null) yield* callValue(validator, [value]);
  return value;
}
