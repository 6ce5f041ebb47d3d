/** Python's proleptic Gregorian calendar in plain numbers. Ordinal 1 is 0001-01-01; months count from 1; Monday is 0. */
export const MAX_ORDINAL = 3652059;
const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function dayOfYear({ year, month, day }: Civil): number {
  return (BEFORE_MONTH[month - 1] ?? 0) + day + (month > 2 && isLeap(year) ? 1 : 0);
}

export function toOrdinal(civil: Civil): number {
  const y = civil.year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear(civil);
}

export function fromOrdinal(ordinal: number): Civil {
  let year = Math.max(1, Math.floor((ordinal * 400) / 146097));
  while (toOrdinal({ year: year + 1, month: 1, day: 1 }) <= ordinal) year++;
  while (toOrdinal({ year, month: 1, day: 1 }) > ordinal) year--;
  let day = ordinal - toOrdinal({ year, month: 1, day: 1 }) + 1;
  let month = 1;
  while (day > daysInMonth(year, month)) {
    day -= daysInMonth(year, month);
    month++;
  }
  return { year, month, day };
}

export function weekday(civil: Civil): number {
  return (toOrdinal(civil) + 6) % 7;
}

/** ISO year, week and weekday from 1. */
export function isoCalendar(civil: Civil): readonly [year: number, week: number, weekday: number] {
  const ordinal = toOrdinal(civil);
  let year = civil.year;
  if (ordinal >= isoYearStart(year + 1)) year++;
  else if (ordinal < isoYearStart(year)) year--;
  return [year, Math.floor((ordinal - isoYearStart(year)) / 7) + 1, weekday(civil) + 1];
}

/** The ordinal of the Monday of ISO week 1. */
export function isoYearStart(year: number): number {
  const first = toOrdinal({ year, month: 1, day: 1 });
  const day = (first + 6) % 7;
  return first - day + (day > 3 ? 7 : 0);
}
