import { type Data, WholeFloat } from '../../util/data.ts';
import type { PyToken } from './tokens.ts';

/** Thrown where an argument is no literal. */
export class NoLiteral extends Error {}

/** Reads literals from tokens, as Python's `ast.literal_eval` does. */
export class Literals {
  readonly #tokens: readonly PyToken[];
  at: number;

  constructor(tokens: readonly PyToken[], at: number) {
    this.#tokens = tokens;
    this.at = at;
  }

  get here(): PyToken | undefined {
    return this.#tokens[this.at];
  }

  isSign(value: string): boolean {
    return this.here?.kind === 'sign' && this.here.value === value;
  }

  skip(value: string): boolean {
    if (!this.isSign(value)) return false;
    this.at++;
    return true;
  }

  /** `args)` after the opening parenthesis: positional ones, then named ones. */
  call(): { readonly args: readonly Data[]; readonly kwargs: Readonly<Record<string, Data>> } {
    const args: Data[] = [];
    const kwargs: Record<string, Data> = {};
    while (!this.skip(')')) {
      const next = this.#tokens[this.at + 1];
      if (this.here?.kind === 'name' && next?.kind === 'sign' && next.value === '=') {
        const key = this.here.value;
        this.at += 2;
        kwargs[key] = this.value();
      } else args.push(this.value());
      if (!this.skip(',') && !this.isSign(')')) throw new NoLiteral();
    }
    return { args, kwargs };
  }

  value(): Data {
    const token = this.here;
    if (token === undefined) throw new NoLiteral();
    this.at++;
    if (token.kind === 'text') return this.#joined(token.value);
    if (token.kind === 'number') return numberOf(token.value);
    if (token.kind === 'name') return wordOf(token.value);
    if (token.value === '-' || token.value === '+') {
      const value = this.value();
      if (typeof value !== 'number' && !(value instanceof WholeFloat)) throw new NoLiteral();
      if (token.value === '+') return value;
      return value instanceof WholeFloat ? new WholeFloat(-value.value) : -value;
    }
    if (token.value === '[') return this.#list(']');
    if (token.value === '(') return this.#list(')');
    if (token.value === '{') return this.#braces();
    throw new NoLiteral();
  }

  /** Texts beside each other are one. */
  #joined(first: string): string {
    let text = first;
    for (; this.here?.kind === 'text'; this.at++) text += this.here.value;
    return text;
  }

  /** A single value in parentheses is that value; a comma makes it a list. */
  #list(end: ']' | ')'): Data {
    const items: Data[] = [];
    let commas = 0;
    while (!this.skip(end)) {
      items.push(this.value());
      if (this.skip(',')) commas++;
      else if (!this.isSign(end)) throw new NoLiteral();
    }
    const [only = null] = items;
    return end === ')' && items.length === 1 && commas === 0 ? only : items;
  }

  #braces(): Data {
    const map: Record<string, Data> = {};
    const items: Data[] = [];
    while (!this.skip('}')) {
      const key = this.value();
      if (this.skip(':')) map[String(key)] = this.value();
      else items.push(key);
      if (!this.skip(',') && !this.isSign('}')) throw new NoLiteral();
    }
    return items.length > 0 ? items : map;
  }
}

function wordOf(word: string): Data {
  if (word === 'None') return null;
  if (word === 'True' || word === 'False') return word === 'True';
  throw new NoLiteral();
}

function numberOf(written: string): Data {
  const value = Number(written.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new NoLiteral();
  return Number.isInteger(value) && /[.eE]/.test(written) && !/^0x/i.test(written) ? new WholeFloat(value) : value;
}
