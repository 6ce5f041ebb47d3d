import { instantsOf, steadyOffset, type WallTime, wallTime } from './zone.ts';

/** A cron expression understood: the values each field lets through. */
export interface Cron {
  readonly text: string;
  readonly zone: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Both day fields are restricted: then either is enough. */
  readonly eitherDay: boolean;
  /** The hours were written with a star: a repeated hour is then due twice, otherwise once. */
  readonly everyHour: boolean;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** February 29 comes within eight years, whatever the century. */
const HORIZON_DAYS = 8 * 366 + 1;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

interface Field {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly [Field, Field, Field, Field, Field] = [
  { label: 'minute', min: 0, max: 59 },
  { label: 'hour', min: 0, max: 23 },
  { label: 'day of the month', min: 1, max: 31 },
  { label: 'month', min: 1, max: 12, names: MONTHS },
  { label: 'day of the week', min: 0, max: 7, names: WEEKDAYS },
];

/** The words of an expression; a nickname's are those it stands for. */
export function fieldsOf(text: string): readonly string[] {
  return (NICKNAMES[text.trim().toLowerCase()] ?? text).trim().split(/\s+/);
}

/** Reads the five fields of crontab(5), with names, ranges, steps and nicknames. Gives the problem as text where it is none. */
export function parseCron(text: string, zone: string): Cron | string {
  const words = fieldsOf(text);
  if (words.length !== 5) return `a cron expression has five fields, '${text}' has ${words.length}`;
  const values: (readonly number[])[] = [];
  for (const [i, field] of FIELDS.entries()) {
    const read = readField(words[i]!, field);
    if (typeof read === 'string') return read;
    values.push(read);
  }
  const [minutes, hours, days, months, weekdays] = values as [number[], number[], number[], number[], number[]];
  return {
    text,
    zone,
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((day) => day % 7)),
    eitherDay: !words[2]!.startsWith('*') && !words[4]!.startsWith('*'),
    everyHour: words[1]!.startsWith('*'),
  };
}

/** The instants after `after` (milliseconds) at which the expression is due, in order; none where it never is. */
export function* dueAfter(cron: Cron, after: number): Generator<number> {
  const today = dayOf(cron, after);
  for (let i = -1; i <= HORIZON_DAYS; i++) {
    for (const instant of dueOn(cron, today + i * DAY)) if (instant > after) yield instant;
  }
}

/** The instants up to `until` at which the expression was due, the last one first. */
export function* dueUntil(cron: Cron, until: number): Generator<number> {
  const today = dayOf(cron, until);
  for (let i = 1; i >= -HORIZON_DAYS; i--) {
    for (const instant of dueOn(cron, today + i * DAY).reverse()) if (instant <= until) yield instant;
  }
}

/** Midnight, as if in UTC, of the zone's calendar day on which `instant` lies. */
function dayOf(cron: Cron, instant: number): number {
  const { year, month, day } = wallTime(instant, cron.zone);
  return Date.UTC(year, month - 1, day);
}

/** All instants of one calendar day, in order, each once. */
function dueOn(cron: Cron, midnight: number): number[] {
  const day = wallTime(midnight, 'UTC');
  if (!isDueDay(cron, day)) return [];
  const offset = steadyOffset(midnight, cron.zone);
  const due = new Set<number>();
  for (const hour of cron.hours) {
    for (const minute of cron.minutes) {
      const { instants, gap } =
        offset === undefined
          ? instantsOf({ ...day, hour, minute }, cron.zone)
          : { instants: [midnight + (hour * 60 + minute) * MINUTE - offset], gap: false };
      if (gap && cron.everyHour) continue;
      for (const instant of cron.everyHour ? instants : instants.slice(0, 1)) due.add(instant);
    }
  }
  return [...due].sort((a, b) => a - b);
}

function isDueDay(cron: Cron, { year, month, day }: WallTime): boolean {
  if (!cron.months.has(month)) return false;
  const byDay = cron.days.has(day);
  const byWeekday = cron.weekdays.has(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
  return cron.eitherDay ? byDay || byWeekday : byDay && byWeekday;
}

function readField(word: string, field: Field): readonly number[] | string {
  const found = new Set<number>();
  for (const part of word.split(',')) {
    const match = /^(?:\*|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:\/(\d+))?$/i.exec(part);
    const step = Number(match?.[3] ?? 1);
    const low = match?.[1] === undefined ? field.min : numberOf(match[1], field);
    const open = match?.[1] === undefined || (match[2] === undefined && match[3] !== undefined);
    const high = match?.[2] !== undefined ? numberOf(match[2], field) : open ? field.max : low;
    if (match === null || low === undefined || high === undefined || low > high || step < 1) {
      return `'${part}' is no ${field.label} (${field.min}-${field.max}, *, lists, ranges and steps)`;
    }
    for (let value = low; value <= high; value += step) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function numberOf(word: string, { min, max, names }: Field): number | undefined {
  const named = names?.indexOf(word.toLowerCase()) ?? -1;
  const value = named >= 0 ? named + min : Number(word);
  return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}
