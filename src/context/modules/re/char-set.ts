import { category, foldsOf } from './characters.ts';
import { patternError } from './error.ts';
import { charEscape } from './escapes.ts';
import { FLAGS, has } from './flags.ts';
import type { CharTest } from './nodes.ts';

export interface CharSet {
  readonly test: CharTest;
  /** Where the pattern goes on after the closing bracket. */
  readonly end: number;
}

interface Item {
  readonly code?: number;
  readonly test?: CharTest;
  readonly end: number;
}

/** `[…]` from its opening bracket on. */
export function readCharSet(text: string, start: number, flags: number, offset: number): CharSet {
  let at = start + 1;
  const negated = text[at] === '^';
  if (negated) at++;
  const first = at;
  const tests: CharTest[] = [];
  while (text[at] !== ']' || at === first) {
    if (at >= text.length) throw patternError('unterminated character set', offset + start);
    const low = readItem(text, at, start, flags, offset);
    const isRange = text[low.end] === '-' && text[low.end + 1] !== ']' && low.end + 1 < text.length;
    const high = isRange ? readItem(text, low.end + 1, start, flags, offset) : undefined;
    tests.push(high ? rangeTest(text, at, low, high, offset) : itemTest(low));
    at = (high ?? low).end;
  }
  const any = quick((code) => tests.some((test) => test(code)), flags);
  return { test: negated ? (code) => !any(code) : any, end: at + 1 };
}

/** Without regard to case, where that is asked; with the answers for ASCII ready. */
function quick(test: CharTest, flags: number): CharTest {
  const folded: CharTest = has(flags, FLAGS.IGNORECASE) ? (code) => foldsOf(code, flags).some(test) : test;
  const ascii = Array.from({ length: 128 }, (_, code) => folded(code));
  return (code) => (code < 128 ? (ascii[code] as boolean) : folded(code));
}

function readItem(text: string, at: number, start: number, flags: number, offset: number): Item {
  const code = text.codePointAt(at);
  if (code === undefined) throw patternError('unterminated character set', offset + start);
  if (text[at] !== '\\') return { code, end: at + (code > 0xffff ? 2 : 1) };
  const test = category(text[at + 1] ?? '', flags);
  if (test !== undefined) return { test, end: at + 2 };
  const char = charEscape(text, at, true, offset);
  if (!char) throw patternError(`bad escape \\${text[at + 1]}`, offset + at);
  return { code: char.code, end: at + char.length };
}

function itemTest({ code, test }: Item): CharTest {
  return test ?? ((other) => other === code);
}

function rangeTest(text: string, at: number, low: Item, high: Item, offset: number): CharTest {
  const [from, to] = [low.code, high.code];
  if (from === undefined || to === undefined || from > to) {
    throw patternError(`bad character range ${text.slice(at, high.end)}`, offset + at);
  }
  return (code) => code >= from && code <= to;
}
