import { type PyObject, typeName, type Value } from '../../../jinja/index.ts';
import { boundMethod, keywordMethod } from '../../builtin-method.ts';
import { pyTypeError } from '../../py-function.ts';
import { dayOfYear, isoCalendar, toOrdinal, weekday } from './calendar.ts';
import { offsetText, type PyTzinfo, type WallTime } from './tzinfo.ts';

export interface Moment extends WallTime {
  readonly zone?: PyTzinfo | null;
}

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

type Directive = (m: Moment) => string | readonly [value: number, width: number, pad?: string];

const hour12 = (m: Moment) => ((m.hour + 11) % 12) + 1;

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  a: (m) => dayName(m).slice(0, 3),
  A: dayName,
  b: (m) => monthName(m).slice(0, 3),
  h: (m) => monthName(m).slice(0, 3),
  B: monthName,
  c: (m) => strftime(m, '%a %b %e %H:%M:%S %Y'),
  C: (m) => [Math.floor(m.year / 100), 0],
  d: (m) => [m.day, 2],
  D: (m) => strftime(m, '%m/%d/%y'),
  e: (m) => [m.day, 2, ' '],
  f: (m) => [m.microsecond, 6],
  F: (m) => strftime(m, '%Y-%m-%d'),
  g: (m) => [isoCalendar(m)[0] % 100, 2],
  // The C library pads no year, so neither does Python on Linux.
  G: (m) => [isoCalendar(m)[0], 0],
  H: (m) => [m.hour, 2],
  I: (m) => [hour12(m), 2],
  j: (m) => [dayOfYear(m), 3],
  k: (m) => [m.hour, 2, ' '],
  l: (m) => [hour12(m), 2, ' '],
  m: (m) => [m.month, 2],
  M: (m) => [m.minute, 2],
  n: () => '\n',
  p: (m) => (m.hour < 12 ? 'AM' : 'PM'),
  P: (m) => (m.hour < 12 ? 'am' : 'pm'),
  r: (m) => strftime(m, '%I:%M:%S %p'),
  R: (m) => strftime(m, '%H:%M'),
  s: (m) => String(epochSeconds(m)),
  S: (m) => [m.second, 2],
  t: () => '\t',
  T: (m) => strftime(m, '%H:%M:%S'),
  u: (m) => [weekday(m) + 1, 1],
  U: (m) => [Math.floor((dayOfYear(m) + 6 - ((weekday(m) + 1) % 7)) / 7), 2],
  V: (m) => [isoCalendar(m)[1], 2],
  w: (m) => [(weekday(m) + 1) % 7, 1],
  W: (m) => [Math.floor((dayOfYear(m) + 6 - weekday(m)) / 7), 2],
  x: (m) => strftime(m, '%m/%d/%y'),
  X: (m) => strftime(m, '%H:%M:%S'),
  y: (m) => [m.year % 100, 2],
  Y: (m) => [m.year, 0],
  z: (m) => (m.zone ? offsetText(m.zone.offsetAt(m), '') : ''),
  Z: (m) => m.zone?.nameAt(m) ?? '',
  '%': () => '%',
};

/** Python's strftime as it is on Linux, with the C library's `%-d`, `%_d`, `%^a`. */
export function strftime(moment: Moment, format: string): string {
  return format.replace(/%([-_0^#]?)(:?[A-Za-z%])/g, (whole, flag: string, name: string) => {
    if (name === ':z') return moment.zone ? offsetText(moment.zone.offsetAt(moment)) : '';
    const made = DIRECTIVES[name]?.(moment);
    return made === undefined ? whole : written(made, flag);
  });
}

/** The method, with the messages of Python's C code. */
export function strftimeMethod(self: PyObject, moment: Moment): Value {
  return keywordMethod(self, 'strftime', ['format'], (format) => {
    if (typeof format !== 'string') {
      throw pyTypeError(`strftime() argument 1 must be str, not ${format === null ? 'None' : typeName(format)}`);
    }
    return strftime(moment, format);
  });
}

/** `__format__`, for `'{:%Y-%m}'.format(value)`; without a format what `str()` gives. */
export function formatMoment(self: PyObject, moment: Moment): Value {
  return boundMethod(self, '__format__', ([format]) => (format === '' ? self.pyStr() : strftime(moment, format)));
}

function written(made: ReturnType<Directive>, flag: string): string {
  if (typeof made === 'string') return flag === '^' ? made.toUpperCase() : flag === '#' ? swapCase(made) : made;
  const [value, width, pad = '0'] = made;
  if (flag === '-') return String(value);
  return String(value).padStart(width, flag === '_' ? ' ' : flag === '0' ? '0' : pad);
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function dayName(m: Moment): string {
  return DAYS[weekday(m)] ?? '';
}

function monthName(m: Moment): string {
  return MONTHS[m.month - 1] ?? '';
}

/** The C library takes a time without a zone as local time. */
function epochSeconds(m: Moment): number {
  const seconds = (toOrdinal(m) - 719163) * 86400 + m.hour * 3600 + m.minute * 60 + m.second;
  if (m.zone) return seconds - m.zone.offsetAt(m);
  const local = new Date(2000, m.month - 1, m.day, m.hour, m.minute, m.second);
  local.setFullYear(m.year, m.month - 1, m.day);
  return local.getTime() / 1000;
}
