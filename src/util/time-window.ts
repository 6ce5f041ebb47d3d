/** Whole periods of UTC, as microbatch models and samples count them. */
export type Period = 'hour' | 'day' | 'month' | 'year';

/** Rows from `start` on, and before `end`. */
export interface TimeWindow {
  readonly start: Date;
  readonly end: Date;
}

export function isPeriod(text: unknown): text is Period {
  return text === 'hour' || text === 'day' || text === 'month' || text === 'year';
}

/** The beginning of the period a moment lies in. */
export function truncated(moment: Date, period: Period): Date {
  const [year, month, day, hour] = [
    moment.getUTCFullYear(),
    moment.getUTCMonth(),
    moment.getUTCDate(),
    moment.getUTCHours(),
  ];
  switch (period) {
    case 'year':
      return new Date(Date.UTC(year, 0, 1));
    case 'month':
      return new Date(Date.UTC(year, month, 1));
    case 'day':
      return new Date(Date.UTC(year, month, day));
    case 'hour':
      return new Date(Date.UTC(year, month, day, hour));
  }
}

/** So many periods later, or earlier; the last day of a shorter month stands for a day it does not have. */
export function shifted(moment: Date, period: Period, count: number): Date {
  if (period === 'hour' || period === 'day') {
    return new Date(moment.getTime() + count * (period === 'hour' ? 3_600_000 : 86_400_000));
  }
  const months = moment.getUTCMonth() + count * (period === 'year' ? 12 : 1);
  const lastDay = new Date(Date.UTC(moment.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const to = new Date(moment);
  to.setUTCFullYear(moment.getUTCFullYear(), months, Math.min(moment.getUTCDate(), lastDay));
  return to;
}

/** `2025-01-31 13:00:00` */
export function secondsText(moment: Date): string {
  return moment.toISOString().slice(0, 19).replace('T', ' ');
}

/** A moment as written: ISO 8601, UTC where it names no zone; undefined for anything else. */
export function momentOf(text: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim());
  if (match === null) return undefined;
  const moment = new Date(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
