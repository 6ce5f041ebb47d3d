/** A Python iterator: what `map`, `select`, `dict.items()` and the like give. It can be consumed once. */
export class PyIterator implements IterableIterator<any> {
  readonly typeName: string;
  /** The generator function's name, which Python prints. */
  readonly name: string;
  readonly #source: Iterator<any>;
  constructor(typeName: string, source: Iterable<any>, name = '') {
    this.typeName = typeName;
    this.name = name;
    this.#source = source[Symbol.iterator]();
  }

  next(): IteratorResult<any> {
    return this.#source.next();
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** A live view of a dict: `d.keys()`, `d.values()`, `d.items()`. */
export class DictView {
  readonly kind: 'keys' | 'values' | 'items';
  readonly size: () => number;
  readonly #items: () => Iterable<any>;
  constructor(kind: 'keys' | 'values' | 'items', size: () => number, items: () => Iterable<any>) {
    this.kind = kind;
    this.size = size;
    this.#items = items;
  }

  [Symbol.iterator](): Iterator<any> {
    return this.#items()[Symbol.iterator]();
  }
}
