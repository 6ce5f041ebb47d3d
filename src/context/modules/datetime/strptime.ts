import { repr } from '../../../jinja/index.ts';
import { pyValueError } from '../../py-function.ts';
import type { Civil } from './calendar.ts';
import { fromOrdinal, isoYearStart, toOrdinal, weekday } from './calendar.ts';
import { DAYS, MONTHS } from './strftime.ts';
import type { Clock } from './time.ts';
import { PyTimezone, type PyTzinfo, UTC } from './tzinfo.ts';

export interface Parsed {
  readonly civil: Civil;
  readonly clock: Clock;
  readonly zone: PyTzinfo | null;
}

const names = (words: readonly string[]) => words.join('|');
const short = (words: readonly string[]) => words.map((word) => word.slice(0, 3));

/** The text each directive takes, as Python's _strptime has it. */
const PATTERNS: Readonly<Record<string, string>> = {
  d: '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]',
  f: '[0-9]{1,6}',
  H: '2[0-3]|[0-1]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]| [1-9]',
  G: '\\d\\d\\d\\d',
  j: '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[0-1]|[0-5]\\d|\\d',
  U: '5[0-3]|[0-4]\\d|\\d',
  W: '5[0-3]|[0-4]\\d|\\d',
  V: '5[0-3]|0[1-9]|[1-4]\\d|\\d',
  w: '[0-6]',
  u: '[1-7]',
  y: '\\d\\d',
  Y: '\\d\\d\\d\\d',
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|[zZ]',
  Z: 'utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest',
  A: names([...DAYS]),
  a: names(short([...DAYS])),
  B: names([...MONTHS]),
  b: names(short([...MONTHS])),
  p: 'am|pm',
};

const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

/** Python's datetime.strptime, in the C locale. */
export function strptime(text: string, format: string): Parsed {
  const found = new Map<string, string>();
  const order: string[] = [];
  const match = new RegExp(pattern(format, order), 'iy').exec(text);
  if (!match) throw pyValueError(`time data ${repr(text)} does not match format ${repr(format)}`);
  if (match[0].length < text.length) throw pyValueError(`unconverted data remains: ${text.slice(match[0].length)}`);
  order.forEach((name, i) => {
    found.set(name, match[i + 1] ?? '');
  });
  return { civil: civilOf(found), clock: clockOf(found), zone: zoneOf(found) };
}

function pattern(format: string, order: string[]): string {
  const tokens = format.match(/%[\s\S]|%$|\s+|[^%\s]+/g) ?? [];
  return tokens.map((token) => tokenPattern(token, order, format)).join('');
}

function tokenPattern(token: string, order: string[], format: string): string {
  if (/^\s/.test(token)) return '\\s+';
  if (!token.startsWith('%')) return token.replace(/[\\.^$*+?(){}[\]|]/g, '\\$&');
  const name = token.slice(1);
  if (name === '%') return '%';
  if (name === '') throw pyValueError(`stray % in format '${format}'`);
  const composed = COMPOSED[name];
  if (composed !== undefined) return pattern(composed, order);
  const known = PATTERNS[name];
  if (known === undefined) throw pyValueError(`'${escapedIn(name)}' is a bad directive in format '${format}'`);
  order.push(name);
  return `(${known})`;
}

/** Python escapes spaces and what means something in a pattern before it looks, and then takes the backslash for a stray sign. */
const escapedIn = (name: string): string => (/[\s\\.^$*+?(){}[\]|]/.test(name) ? '%' : name);

function clockOf(found: ReadonlyMap<string, string>): Clock {
  const number = (name: string) => Number(found.get(name) ?? 0);
  let hour = number('H');
  if (found.has('I')) hour = (number('I') % 12) + (found.get('p')?.toLowerCase() === 'pm' ? 12 : 0);
  const second = Math.min(number('S'), 61);
  return { hour, minute: number('M'), second, microsecond: Number((found.get('f') ?? '').padEnd(6, '0')) };
}

function civilOf(found: ReadonlyMap<string, string>): Civil {
  const number = (name: string) => (found.has(name) ? Number(found.get(name)) : undefined);
  const short2 = number('y');
  const year = number('Y') ?? (short2 === undefined ? 1900 : short2 + (short2 < 69 ? 2000 : 1900));
  const yearDay = number('j');
  if (yearDay !== undefined) return fromOrdinal(toOrdinal({ year, month: 1, day: 1 }) + yearDay - 1);
  return weekDate(found, year) ?? { year, month: monthOf(found), day: number('d') ?? 1 };
}

/** Year, week and weekday: ISO's (`%G %V %u`), or counted from the first Sunday (`%U`) or Monday (`%W`). */
function weekDate(found: ReadonlyMap<string, string>, year: number): Civil | undefined {
  const day = weekdayOf(found);
  if (day === undefined) return undefined;
  if (found.has('G') && found.has('V'))
    return fromOrdinal(isoYearStart(Number(found.get('G'))) + (Number(found.get('V')) - 1) * 7 + day);
  const counted = found.get('U') ?? found.get('W');
  if (counted === undefined) return undefined;
  const sundays = found.has('U');
  const first = { year, month: 1, day: 1 };
  const start = sundays ? (weekday(first) + 1) % 7 : weekday(first);
  const within = sundays ? (day + 1) % 7 : day;
  const week0 = (7 - start) % 7;
  const offset = Number(counted) === 0 ? within - start : week0 + (Number(counted) - 1) * 7 + within;
  return fromOrdinal(toOrdinal(first) + offset);
}

function weekdayOf(found: ReadonlyMap<string, string>): number | undefined {
  const index = (list: readonly string[], name: string | undefined) =>
    list.findIndex((word) => word.toLowerCase() === name?.toLowerCase());
  if (found.has('w')) return (Number(found.get('w')) + 6) % 7;
  if (found.has('u')) return Number(found.get('u')) - 1;
  if (found.has('A')) return index(DAYS, found.get('A'));
  return found.has('a') ? index(short([...DAYS]), found.get('a')) : undefined;
}

function monthOf(found: ReadonlyMap<string, string>): number {
  if (found.has('m')) return Number(found.get('m'));
  const full = found.get('B')?.toLowerCase();
  const abbreviated = found.get('b')?.toLowerCase();
  const at = MONTHS.findIndex(
    (month) => month.toLowerCase() === full || month.slice(0, 3).toLowerCase() === abbreviated,
  );
  return at < 0 ? 1 : at + 1;
}

function zoneOf(found: ReadonlyMap<string, string>): PyTzinfo | null {
  const text = found.get('z');
  if (text === undefined) return null;
  if (text.toLowerCase() === 'z') return UTC;
  const digits = text.slice(1).replaceAll(':', '');
  const [hours, minutes, seconds] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6) || '0'];
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (offset === 0) return UTC;
  return new PyTimezone(text.startsWith('-') ? -offset : offset);
}
