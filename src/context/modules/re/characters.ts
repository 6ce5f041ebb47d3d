import { FLAGS, has } from './flags.ts';
import type { CharTest, PlaceTest } from './nodes.ts';

const WORD = /[\p{L}\p{N}_]/u;
const DIGIT = /\p{Nd}/u;
const SPACE = /[\s\x1c-\x1f\x85]/u;

const isAsciiWord: CharTest = (code) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
const isAsciiSpace: CharTest = (code) => code === 32 || (code >= 9 && code <= 13);
const isAsciiDigit: CharTest = (code) => code >= 48 && code <= 57;

/** The answer for ASCII is quick; beyond it Unicode is asked. */
const wide =
  (ascii: CharTest, pattern: RegExp): CharTest =>
  (code) =>
    code < 128 ? ascii(code) : pattern.test(String.fromCodePoint(code));

const TESTS: Readonly<Record<string, readonly [ascii: CharTest, unicode: CharTest]>> = {
  d: [isAsciiDigit, wide(isAsciiDigit, DIGIT)],
  w: [isAsciiWord, wide(isAsciiWord, WORD)],
  s: [isAsciiSpace, wide((code) => isAsciiSpace(code) || (code >= 28 && code <= 31), SPACE)],
};

/** `\d`, `\W` and their like; undefined for other letters. */
export function category(letter: string, flags: number): CharTest | undefined {
  const tests = TESTS[letter.toLowerCase()];
  if (tests === undefined) return undefined;
  const test = tests[has(flags, FLAGS.ASCII) ? 0 : 1];
  return letter === letter.toLowerCase() ? test : (code) => !test(code);
}

/** `\A`, `\Z`, `\b` and `\B`; undefined for other letters. */
export function boundary(letter: string, flags: number): PlaceTest | undefined {
  if (letter === 'A') return (_codes, at) => at === 0;
  if (letter === 'Z') return (_codes, at, end) => at === end;
  if (letter !== 'b' && letter !== 'B') return undefined;
  const isWord = category('w', flags) as CharTest;
  const wanted = letter === 'b';
  return (codes, at, end) => {
    // In an empty text there is no such place at all.
    if (end === 0) return false;
    const before = at > 0 && isWord(codes[at - 1] as number);
    const after = at < end && isWord(codes[at] as number);
    return (before !== after) === wanted;
  };
}

/** `^` and `$` */
export function anchor(char: string, flags: number): PlaceTest {
  const lines = has(flags, FLAGS.MULTILINE);
  if (char === '^') return lines ? (codes, at) => at === 0 || codes[at - 1] === 10 : (_codes, at) => at === 0;
  if (lines) return (codes, at, end) => at === end || codes[at] === 10;
  return (codes, at, end) => at === end || (at === end - 1 && codes[at] === 10);
}

/** A character that compares without regard to case, and all that do so with it. */
export function foldsOf(code: number, flags: number): readonly number[] {
  if (code < 128 && has(flags, FLAGS.ASCII)) return asciiFolds(code);
  if (has(flags, FLAGS.ASCII)) return [code];
  const char = String.fromCodePoint(code);
  const lower = code === 0x130 ? 'i' : char.toLowerCase();
  const cases = [char, lower, char.toUpperCase(), lower.toUpperCase(), char.toUpperCase().toLowerCase()];
  return [...new Set(cases.filter((one) => [...one].length === 1).map((one) => one.codePointAt(0) as number))];
}

function asciiFolds(code: number): readonly number[] {
  if (code >= 65 && code <= 90) return [code, code + 32];
  return code >= 97 && code <= 122 ? [code, code - 32] : [code];
}

/** The test of one character that ignores case. */
export function eitherCase(code: number, flags: number): CharTest {
  const own = new Set(foldsOf(code, flags));
  return (other) => own.has(other) || foldsOf(other, flags).some((one) => own.has(one));
}
