import { PlainDate, WholeFloat } from './data.ts';
import { pythonFloat } from './py-float.ts';

/**
 * JSON with numbers as Python's json module writes them: `1.0` for a float with a whole value, `1e-07`, integers of any size,
 * NaN and Infinity.
 */
export function pythonJson(value: unknown): string {
  return hasOwnNumbers(value) ? written(value) : (JSON.stringify(value) ?? 'null');
}

/** Whether a tree holds a value that JavaScript's JSON would write in another way, or lose: such numbers, and dates. */
export function hasOwnNumbers(value: unknown): boolean {
  if (typeof value === 'number') return isWrittenOtherwise(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  if (value instanceof WholeFloat || value instanceof PlainDate) return true;
  if (Array.isArray(value)) return value.some(hasOwnNumbers);
  for (const key in value) if (hasOwnNumbers((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

/** Floats without digits before the fourth place, and what is no number. A whole number is an integer here. */
export function isWrittenOtherwise(value: number): boolean {
  return !Number.isFinite(value) || (value > -1e-4 && value < 1e-4 && value !== 0) || Object.is(value, -0);
}

function written(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return isWrittenOtherwise(value) ? floatText(value) : String(value);
  if (value instanceof WholeFloat) return floatText(value.value);
  if (typeof value !== 'object' || value === null || value instanceof PlainDate) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item)).join(',')}]`;
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined && typeof item !== 'function') parts.push(`${JSON.stringify(key)}:${pythonJson(item)}`);
  }
  return `{${parts.join(',')}}`;
}

const WORDS: Readonly<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

function floatText(value: number): string {
  const text = pythonFloat(value);
  return WORDS[text] ?? text;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** Reads JSON that Python may have written; what JSON has no word for becomes null. Throws a SyntaxError. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(TOKENS, (token) => (token.startsWith('"') ? token : 'null')));
  }
}
