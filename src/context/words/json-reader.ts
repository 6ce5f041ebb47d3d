import { Dict, PyFloat, type Value } from '../../jinja/index.ts';
import { pyValueError } from '../py-function.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new PyFloat(Number.NaN)],
  ['Infinity', new PyFloat(Number.POSITIVE_INFINITY)],
  ['-Infinity', new PyFloat(Number.NEGATIVE_INFINITY)],
]);

/** Python's json.loads: `1` and `1.0` stay apart, integers keep all their digits. A text that is no JSON is a ValueError. */
export function loadJson(text: string): Value {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Value {
    this.#space();
    const char = this.#text[this.#at];
    if (char === '{') return this.#dict();
    if (char === '[') return this.#list();
    if (char === '"') return this.#string();
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#number();
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#fail('Extra data');
  }

  #dict(): Dict {
    const dict = new Dict();
    this.#members('}', () => {
      this.#space();
      if (this.#text[this.#at] !== '"') throw this.#fail('Expecting property name enclosed in double quotes');
      const key = this.#string();
      if (!this.#take(':')) throw this.#fail("Expecting ':' delimiter");
      dict.set(key, this.value());
    });
    return dict;
  }

  #list(): Value[] {
    const list: Value[] = [];
    this.#members(']', () => list.push(this.value()));
    return list;
  }

  #members(close: string, member: () => void): void {
    this.#at++;
    if (this.#take(close)) return;
    do member();
    while (this.#take(','));
    if (!this.#take(close)) throw this.#fail("Expecting ',' delimiter");
  }

  #string(): string {
    return JSON.parse(this.#match(STRING)?.[0] ?? this.#raise('Invalid string')) as string;
  }

  #number(): Value {
    const match = this.#match(NUMBER) ?? this.#raise('Expecting value');
    const [text, fraction, exponent] = match;
    if (fraction !== undefined || exponent !== undefined) return new PyFloat(Number(text));
    const value = Number(text);
    return Number.isSafeInteger(value) ? value + 0 : BigInt(text);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #take(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #raise(what: string): never {
    throw this.#fail(what);
  }

  /** The text of Python's JSONDecodeError. */
  #fail(what: string): Error {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    const column = this.#at - before.lastIndexOf('\n');
    return pyValueError(`${what}: line ${line} column ${column} (char ${this.#at})`);
  }
}
