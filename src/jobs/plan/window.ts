import { type Cron, dueAfter, dueUntil } from './cron.ts';
import { wallTime } from './zone.ts';

/** A part of every day in which a job is not begun. Minutes since midnight, `to` not included; over midnight where `from` is later. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

const DAY_MINUTES = 1440;

/** The window an instant lies in. */
export function windowAt(windows: readonly Window[], instant: number): Window | undefined {
  return windows.find(({ from, to, zone }) => {
    const { hour, minute } = wallTime(instant, zone);
    const at = hour * 60 + minute;
    return from < to ? from <= at && at < to : at >= from || at < to;
  });
}

/** `19:00-22:00 UTC` */
export function showWindow({ from, to, zone }: Window): string {
  return `${clockText(from)}-${clockText(to)} ${zone}`;
}

/** Minutes since midnight of `19:00`; YAML 1.1 has by then made a number of minutes out of an unquoted one. */
export function minutesOf(time: string | number): number | undefined {
  const match = /^(\d{1,2}):(\d\d)$/.exec(String(time));
  const value = match === null ? Number(time) : Number(match[1]) * 60 + Number(match[2]);
  const isTime =
    Number.isInteger(value) && value >= 0 && value <= DAY_MINUTES && (match === null || Number(match[2]) < 60);
  return isTime ? value : undefined;
}

/** The first instant after `after` that is due and outside the windows; undefined where there is none. */
export function nextStart(cron: Cron, windows: readonly Window[], after: number): number | undefined {
  return outside(windows, dueAfter(cron, after));
}

/** The last instant at or before `until` that was due and outside the windows. */
export function lastStart(cron: Cron, windows: readonly Window[], until: number): number | undefined {
  return outside(windows, dueUntil(cron, until));
}

/** What is due every minute has left a window after 1440 steps; what is due rarely and always within is given up after twice as many. */
function outside(windows: readonly Window[], due: Iterable<number>): number | undefined {
  let steps = 0;
  for (const at of due) {
    if (windowAt(windows, at) === undefined) return at;
    if (++steps > 2 * DAY_MINUTES) return undefined;
  }
  return undefined;
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
