import { type Data, PlainDate, WholeFloat } from '../util/data.ts';
import { pythonFloat } from '../util/py-float.ts';

/** Python's `str()` of plain data: test names and hashes are made of it, and both are public ids. */
export function pyStr(value: Data): string {
  return typeof value === 'string' ? value : value instanceof PlainDate ? value.iso : pyRepr(value);
}

/** Python's `repr()` of plain data. */
export function pyRepr(value: Data): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value);
  if (value instanceof WholeFloat) return pythonFloat(value.value);
  if (value instanceof PlainDate) return dateRepr(value);
  if (Array.isArray(value)) return `[${value.map(pyRepr).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${quoted(key)}: ${pyRepr(item)}`);
  return `{${pairs.join(', ')}}`;
}

/** A keyword-style repr of a Python dataclass: `Name(a=1, b='x')`. Values are already text. */
export function pyDataclass(name: string, fields: Readonly<Record<string, string>>): string {
  const parts = Object.entries(fields).map(([key, text]) => `${key}=${text}`);
  return `${name}(${parts.join(', ')})`;
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = text.replaceAll('\\', '\\\\').replace(UNPRINTABLE, escaped);
  if (quote === "'") body = body.replaceAll("'", "\\'");
  return quote + body + quote;
}

function escaped(char: string): string {
  const named = NAMED[char];
  if (named !== undefined) return named;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function dateRepr(value: PlainDate): string {
  const numbers = (value.iso.match(/\d+/g) ?? []).map(Number);
  const shown =
    value.kind === 'datetime' && numbers.length >= 6 && numbers[5] === 0 && numbers.length === 6
      ? numbers.slice(0, 5)
      : numbers;
  return `datetime.${value.kind}(${shown.join(', ')})`;
}
