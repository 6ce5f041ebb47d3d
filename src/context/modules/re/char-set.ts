import { patternError } from './error.ts';
import { bothCases, categorySet, charEscape, literal } from './escapes.ts';

export interface CharSet {
  readonly source: string;
  /** Where the pattern goes on after the closing bracket. */
  readonly end: number;
}

interface Item {
  readonly code?: number;
  readonly set?: string;
  readonly end: number;
}

/** `[…]` from its opening bracket on, as JavaScript writes it. `eitherCase`: only this part ignores case. */
export function readCharSet(text: string, start: number, flags: number, eitherCase: boolean): CharSet {
  let at = start + 1;
  const negated = text[at] === '^';
  if (negated) at++;
  const first = at;
  let source = '';
  while (text[at] !== ']' || at === first) {
    if (at >= text.length) throw patternError('unterminated character set', start);
    const low = readItem(text, at, start, flags);
    const isRange = text[low.end] === '-' && text[low.end + 1] !== ']' && low.end + 1 < text.length;
    const high = isRange ? readItem(text, low.end + 1, start, flags) : undefined;
    source += high ? range(text, at, low, high, eitherCase) : single(low, eitherCase);
    at = (high ?? low).end;
  }
  return { source: `[${negated ? '^' : ''}${source}]`, end: at + 1 };
}

function readItem(text: string, at: number, start: number, flags: number): Item {
  const code = text.codePointAt(at);
  if (code === undefined) throw patternError('unterminated character set', start);
  if (text[at] !== '\\') return { code, end: at + (code > 0xffff ? 2 : 1) };
  const set = categorySet(text[at + 1] ?? '', flags);
  if (set !== undefined) return { set, end: at + 2 };
  const char = charEscape(text, at, true);
  if (!char) throw patternError(`bad escape \\${text[at + 1]}`, at);
  return { code: char.code, end: at + char.length };
}

function single(item: Item, eitherCase: boolean): string {
  if (item.set !== undefined) return item.set;
  return eitherCase ? bothCases(item.code as number) : literal(item.code as number);
}

function range(text: string, at: number, low: Item, high: Item, eitherCase: boolean): string {
  const shown = text.slice(at, high.end);
  if (low.code === undefined || high.code === undefined || low.code > high.code)
    throw patternError(`bad character range ${shown}`, at);
  const plain = `${literal(low.code)}-${literal(high.code)}`;
  return eitherCase ? plain + asciiOtherCase(low.code, high.code) : plain;
}

/** The letters of the other case that a range of ASCII letters covers. */
function asciiOtherCase(low: number, high: number): string {
  const part = (from: number, to: number, shift: number) => {
    const [a, b] = [Math.max(low, from), Math.min(high, to)];
    return a <= b ? `${literal(a + shift)}-${literal(b + shift)}` : '';
  };
  return part(65, 90, 32) + part(97, 122, -32);
}
