import { hostFunction, PyObject, Tuple, type Value } from '../jinja/index.ts';

/**
 * A dict whose values are made when they are asked for: `context`, `builtins`, `exceptions`, a package's macros.
 * Reads as a dict does: by attribute, by item, `.get`, `.items()`, `in`.
 */
export class LazyObject extends PyObject {
  readonly #typeName: string;
  readonly #lookup: (name: string) => Value | undefined;
  readonly #keys: () => Iterable<string>;

  constructor(typeName: string, lookup: (name: string) => Value | undefined, keys: () => Iterable<string>) {
    super();
    this.#typeName = typeName;
    this.#lookup = lookup;
    this.#keys = keys;
  }

  pyTypeName(): string {
    return this.#typeName;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return hostFunction('get', ([key, otherwise = null]) => this.pyItem(key) ?? otherwise);
      case 'keys':
        return hostFunction('keys', () => this.#names());
      case 'values':
        return hostFunction('values', () => this.#names().map((key) => this.#lookup(key)));
      case 'items':
        return hostFunction('items', () => this.#names().map((key) => Tuple.of(key, this.#lookup(key))));
      default:
        return this.#lookup(name);
    }
  }

  override pyItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#lookup(key) : undefined;
  }

  /** Names that are found need not be listed: all macros of a project are none of the words. */
  override pyContains(key: Value): boolean {
    return typeof key === 'string' && this.#lookup(key) !== undefined;
  }

  override pyIter(): Iterable<Value> {
    return this.#names();
  }

  override pyIsMapping(): boolean {
    return true;
  }

  override pyLen(): number {
    return this.#names().length;
  }

  #names(): string[] {
    return [...this.#keys()];
  }
}
