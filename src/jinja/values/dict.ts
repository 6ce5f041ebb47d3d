import { JinjaError } from '../errors.ts';
import { hashKey, neverHash } from '../ops/hash.ts';

/**
 * Python's dict: insertion-ordered, keyed by Python equality (1, 1.0 and True are one key).
 * Under each hash lies the value; the key itself is kept apart only where it is not its own hash.
 */
export class Dict {
  #map = new Map<unknown, any>();
  #keys: Map<unknown, any> | undefined;
  #load: ((dict: Dict) => void) | undefined;

  constructor(entries?: Iterable<readonly [any, any]>) {
    if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  /** A dict that is filled when it is first looked at. */
  static lazy(load: (dict: Dict) => void): Dict {
    const dict = new Dict();
    dict.#load = load;
    return dict;
  }

  #loaded(): Map<unknown, any> {
    if (this.#load !== undefined) {
      const load = this.#load;
      this.#load = undefined;
      load(this);
    }
    return this.#map;
  }

  get size(): number {
    return this.#loaded().size;
  }

  get(key: any): any {
    return this.#loaded().get(hashKey(key));
  }

  has(key: any): boolean {
    return this.#loaded().has(hashKey(key));
  }

  set(key: any, value: any): this {
    const map = this.#loaded();
    const hash = hashKey(key);
    if (hash !== key && !map.has(hash)) {
      this.#keys ??= new Map();
      this.#keys.set(hash, key);
    }
    map.set(hash, value);
    return this;
  }

  delete(key: any): boolean {
    const hash = hashKey(key);
    this.#keys?.delete(hash);
    return this.#loaded().delete(hash);
  }

  clear(): void {
    this.#loaded().clear();
    this.#keys?.clear();
  }

  #key(hash: unknown): any {
    return this.#keys?.has(hash) ? this.#keys.get(hash) : hash;
  }

  /** As in Python, it is an error to change the size while iterating. */
  *entries(): Generator<[any, any], undefined> {
    const map = this.#loaded();
    const { size } = map;
    for (const [hash, value] of map) {
      yield [this.#key(hash), value];
      if (map.size !== size) throw new JinjaError('RuntimeError', 'dictionary changed size during iteration');
    }
  }

  *keys(): Generator<any, undefined> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<any, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<[any, any], undefined> {
    return this.entries();
  }
}

neverHash(Dict, 'dict');
