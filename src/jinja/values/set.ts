import { hashKey, neverHash } from '../ops/hash.ts';

/** Python's set; ours keeps the order of insertion, Python's has none to rely on. */
export class PySet {
  #items = new Map<unknown, any>();

  constructor(items?: Iterable<any>) {
    if (items !== undefined) for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: any): boolean {
    return this.#items.has(hashKey(item));
  }

  add(item: any): this {
    const hash = hashKey(item);
    if (!this.#items.has(hash)) this.#items.set(hash, item);
    return this;
  }

  delete(item: any): boolean {
    return this.#items.delete(hashKey(item));
  }

  clear(): void {
    this.#items.clear();
  }

  [Symbol.iterator](): Iterator<any> & Iterable<any> {
    return this.#items.values();
  }
}

neverHash(PySet, 'set');
