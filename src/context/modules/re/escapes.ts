import { patternError } from './error.ts';
import { FLAGS, has } from './flags.ts';

/** Sets of characters as JavaScript (with its `v` flag) writes them inside brackets. */
const UNICODE_SETS: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{N}_',
  s: '\\s\\x1c-\\x1f\\x85',
};
const ASCII_SETS: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t-\\r\\x20' };
const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** `\d`, `\W` and their like as a bracketed set; undefined for other letters. */
export function categorySet(letter: string, flags: number): string | undefined {
  const sets = has(flags, FLAGS.ASCII) ? ASCII_SETS : UNICODE_SETS;
  const set = sets[letter.toLowerCase()];
  if (set === undefined) return undefined;
  return letter === letter.toLowerCase() ? `[${set}]` : `[^${set}]`;
}

/** A character escape: its code, and how many characters of the text it takes. */
export interface CharEscape {
  readonly code: number;
  readonly length: number;
}

/** What the escape at `at` (of the backslash) stands for, where it is one character. `inSet`: `\b` is a backspace there. */
export function charEscape(text: string, at: number, inSet: boolean): CharEscape | undefined {
  const rest = text.slice(at + 1);
  const letter = rest[0];
  if (letter === undefined) throw patternError('bad escape (end of pattern)', at);
  const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
  if (hex) return { code: Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16), length: hex[0].length + 1 };
  if (/^[xuU]/.test(rest)) throw patternError(`incomplete escape \\${rest.slice(0, 3)}`, at);
  const octal = (inSet ? /^[0-7]{1,3}/ : /^(?:0[0-7]{0,2}|[1-3][0-7]{2})/).exec(rest);
  if (octal) return { code: Number.parseInt(octal[0], 8), length: octal[0].length + 1 };
  const control = CONTROLS[letter];
  if (control !== undefined && (letter !== 'b' || inSet)) return { code: control, length: 2 };
  if (/[A-Za-z0-9]/.test(letter)) return undefined;
  const code = rest.codePointAt(0) as number;
  return { code, length: code > 0xffff ? 3 : 2 };
}

/** A character that means itself, wherever it stands. */
export function literal(code: number): string {
  const char = String.fromCodePoint(code);
  return /[0-9A-Za-z_]/.test(char) ? char : `\\u{${code.toString(16)}}`;
}

/** The same for a part of a pattern that alone ignores case. */
export function bothCases(code: number): string {
  const char = String.fromCodePoint(code);
  const cases = new Set([char, char.toLowerCase(), char.toUpperCase()]);
  const single = [...cases].filter((one) => [...one].length === 1);
  return single.map((one) => literal(one.codePointAt(0) as number)).join('');
}
