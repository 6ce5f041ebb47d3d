import { PlainDate, WholeFloat } from '../../util/data.ts';
import { hasOwnNumbers } from '../../util/python-json.ts';
import { sha1 } from '../digest.ts';
import { type Boxed, boxedValues, jsonOf, unbox } from './boxed.ts';
import { readChecked, writeChecked } from './checked-file.ts';

interface Stored {
  readonly value: unknown;
  readonly boxed: readonly Boxed[];
}

/**
 * Results of reading single files, by a hash of all that they depend on. Where a manifest has to be made anew, only what
 * changed is read again. What a parse does not ask for is forgotten.
 */
export class Parts {
  readonly #path: string;
  readonly #before: Record<string, Stored>;
  readonly #used = new Map<string, Stored>();
  #made = 0;

  constructor(path: string, read: boolean) {
    this.#path = path;
    this.#before = read ? storedIn(path) : {};
  }

  /** The result kept under the hash of `key`, else that of `make`, which is kept. `isValid` may refuse what was kept. */
  of<T>(key: readonly unknown[], make: () => T, isValid: (value: T) => boolean = () => true): T {
    const hash = sha1(JSON.stringify(key, distinct));
    const stored = this.#used.get(hash) ?? this.#before[hash];
    if (stored !== undefined) {
      if (!this.#used.has(hash)) unbox(stored, stored.boxed);
      if (isValid(stored.value as T)) {
        this.#used.set(hash, stored);
        return stored.value as T;
      }
    }
    const value = make();
    this.#made++;
    // Places of boxed values are told from the holder on, so that a value may itself be one.
    this.#used.set(hash, { value, boxed: hasOwnNumbers(value) ? boxedValues({ value }) : [] });
    return value;
  }

  /** How many results had to be made. */
  get made(): number {
    return this.#made;
  }

  /** Throws what the file system throws. */
  write(): void {
    writeChecked(this.#path, [Buffer.from(jsonOf(Object.fromEntries(this.#used)))]);
  }
}

/** What JSON would print alike stays apart: 1 and 1.0, a date and its text, an integer of any size. */
function distinct(this: unknown, key: string, value: unknown): unknown {
  const raw = (this as Readonly<Record<string, unknown>>)[key];
  if (raw instanceof WholeFloat) return { float: raw.value };
  if (raw instanceof PlainDate) return { [raw.kind]: raw.iso };
  return typeof raw === 'bigint' ? { integer: String(raw) } : value;
}

function storedIn(path: string): Record<string, Stored> {
  const [text] = readChecked(path) ?? [];
  return text === undefined ? {} : (JSON.parse(text.toString()) as Record<string, Stored>);
}
