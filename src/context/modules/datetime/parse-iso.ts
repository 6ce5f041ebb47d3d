import { isoYearStart } from './calendar.ts';
import { PyDate } from './date.ts';
import { PyDateTime } from './datetime.ts';
import { PyTime } from './time.ts';
import { PyTimezone, UTC } from './tzinfo.ts';

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)$/;
// Without colons Python 3.11 takes digits that follow for a fraction, with a dot before them or not.
const TIME = /^(\d\d)(?::?(\d\d)(?::?(\d\d)(?:(?:[.,]|(?<=^\d{6}))(\d+))?)?)?(Z|[-+]\d\d(?::?\d\d(?::?\d\d)?)?)?$/;

const WEEK = /^(\d{4})-?W(\d\d)(?:-?(\d))?$/;

/** A date in ISO form; undefined where the text is none. */
export function dateOf(text: string): PyDate | undefined {
  const week = WEEK.exec(text);
  if (week) return dateOfWeek(Number(week[1]), Number(week[2]), Number(week[3] ?? 1));
  const match = DATE.exec(text);
  return match ? new PyDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

function dateOfWeek(year: number, week: number, day: number): PyDate | undefined {
  const isWeek = week >= 1 && isoYearStart(year) + week * 7 <= isoYearStart(year + 1) && day >= 1 && day <= 7;
  return isWeek ? PyDate.ofOrdinal(isoYearStart(year) + (week - 1) * 7 + day - 1) : undefined;
}

export function timeOf(text: string): PyTime | undefined {
  const match = TIME.exec(text.replace(/^T/, ''));
  if (!match) return undefined;
  const [, hour, minute = '0', second = '0', fraction = '', zone] = match;
  const clock = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: Number(fraction.slice(0, 6).padEnd(6, '0')),
  };
  return new PyTime(clock, zone === undefined ? null : zoneOf(zone));
}

/** Date and time with any one character between, or a date alone. */
export function dateTimeOf(text: string): PyDateTime | undefined {
  const split = /^(\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d(?:-?\d)?)(?:.(.+))?$/s.exec(text);
  const date = dateOf(split?.[1] ?? '');
  const time =
    split?.[2] === undefined ? new PyTime({ hour: 0, minute: 0, second: 0, microsecond: 0 }) : timeOf(split[2]);
  return date && time ? new PyDateTime(date, time, time.tzinfo) : undefined;
}

/** `Z`, `+05:30`, `-0400` */
export function zoneOf(text: string): PyTimezone {
  if (text === 'Z') return UTC;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^([-+])(\d\d):?(\d\d)?:?(\d\d)?/.exec(text) ?? [];
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return offset === 0 ? UTC : new PyTimezone(sign === '-' ? -offset : offset);
}
