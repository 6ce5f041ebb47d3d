import { patternError } from './error.ts';

const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** A character escape: its code, and how many characters of the text it takes. */
export interface CharEscape {
  readonly code: number;
  readonly length: number;
}

/** What the escape at `at` (of the backslash) stands for, where it is one character. `inSet`: `\b` is a backspace there. */
export function charEscape(text: string, at: number, inSet: boolean, offset: number): CharEscape | undefined {
  const rest = text.slice(at + 1);
  const letter = rest[0];
  if (letter === undefined) throw patternError('bad escape (end of pattern)', offset + at);
  const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
  if (hex) return { code: Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16), length: hex[0].length + 1 };
  if (/^[xuU]/.test(rest)) throw patternError(`incomplete escape \\${rest.slice(0, 3)}`, offset + at);
  const octal = (inSet ? /^[0-7]{1,3}/ : /^(?:0[0-7]{0,2}|[1-3][0-7]{2})/).exec(rest);
  if (octal) return { code: Number.parseInt(octal[0], 8), length: octal[0].length + 1 };
  const control = CONTROLS[letter];
  if (control !== undefined && (letter !== 'b' || inSet)) return { code: control, length: 2 };
  if (/[A-Za-z0-9]/.test(letter)) return undefined;
  const code = rest.codePointAt(0) as number;
  return { code, length: code > 0xffff ? 3 : 2 };
}
