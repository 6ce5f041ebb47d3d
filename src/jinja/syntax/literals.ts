import { syntaxError } from '../errors.ts';
import { PyFloat } from '../values/float.ts';
import { normalizeInt } from '../values/int.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

const ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{0,2})|u([0-9a-fA-F]{0,4})|U([0-9a-fA-F]{0,8})|(N)(?:\{[^}]*\})?|([\s\S]))/g;

function hex(digits: string, wanted: number, letter: string): string {
  if (digits.length < wanted) throw new Error(`truncated \\${letter}${'X'.repeat(wanted)} escape`);
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff) throw new Error('illegal Unicode character');
  return String.fromCodePoint(code);
}

/** Undoes the escapes of a string literal's inside, as Python reads them; unknown ones stay as written. */
export function unescapeString(inside: string, line: number): string {
  if (!inside.includes('\\')) return inside;
  try {
    return inside.replace(ESCAPE, (all, octal, x, u, big, named, other) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (x !== undefined) return hex(x, 2, 'x');
      if (u !== undefined) return hex(u, 4, 'u');
      if (big !== undefined) return hex(big, 8, 'U');
      if (named !== undefined) throw new Error('unknown Unicode character name');
      return SIMPLE[other] ?? all;
    });
  } catch (error) {
    throw syntaxError((error as Error).message, line);
  }
}

export function parseInteger(text: string): number | bigint {
  const digits = text.replaceAll('_', '');
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : normalizeInt(BigInt(digits));
}

export function parseFloatLiteral(text: string): PyFloat {
  return new PyFloat(Number(text.replaceAll('_', '')));
}
