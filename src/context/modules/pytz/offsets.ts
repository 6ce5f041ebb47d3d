import { lettersOf } from './letters.ts';

/** A zone's offset and name at a moment, taken from Intl. Offsets in seconds, east positive. */
export interface ZoneState {
  readonly offset: number;
  /** Seconds the clock is ahead of standard time. */
  readonly dst: number;
  readonly name: string;
}

/** The end of 2037: pytz knows no changes of clocks after it. */
const LAST = 2_145_916_799;

/** The end of 1901: pytz's data begins here, and before it every zone has its local mean time. */
const FIRST = -(2 ** 31);

const formats = new Map<string, Intl.DateTimeFormat>();
/** Steps that reach summer and winter from any day. */
const SEASONS = [-3, -2, -1, 1, 2, 3].map((quarters) => quarters * 7_889_400);

/** Intl's spelling of the name, or undefined where it knows no such zone. */
export function knownZone(zone: string): string | undefined {
  try {
    return formatOf(zone, 'en-US').resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Seconds east of UTC at a moment given in seconds since 1970. */
export function offsetAt(zone: string, given: number): number {
  const epochSeconds = Math.min(given, LAST);
  const parts = Object.fromEntries(
    formatOf(zone, 'en-US')
      .formatToParts(epochSeconds * 1000)
      .map(({ type, value }) => [type, value]),
  );
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
  wall.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return Math.round(wall.getTime() / 1000 - Math.floor(epochSeconds));
}

export function stateAt(zone: string, epochSeconds: number): ZoneState {
  if (epochSeconds < FIRST && !isFixed(zone)) return { offset: meanTime(zone), dst: 0, name: 'LMT' };
  const offset = Math.round(offsetAt(zone, epochSeconds) / 60) * 60;
  // Standard time is the smaller offset of the year; zones with winter time the other way round are not told apart.
  const standard = Math.min(offset, ...SEASONS.map((shift) => offsetAt(zone, epochSeconds + shift)));
  const dst = offset - standard <= 7200 ? offset - standard : 0;
  return { offset, dst, name: nameAt(zone, Math.min(epochSeconds, LAST), offset, dst !== 0) };
}

function isFixed(zone: string): boolean {
  return /^(?:Etc\/|GMT|UTC|UCT|Zulu$|Universal$|Greenwich$)/.test(zone);
}

/** The zone's local mean time, which pytz shows for a zone no moment is tied to: to the minute. */
export function meanTime(zone: string): number {
  return Math.round(offsetAt(zone, -5_000_000_000) / 60) * 60;
}

/** `CET`, `EDT`, `IST`; zones without letters have `+03` in the database, and so here. */
function nameAt(zone: string, epochSeconds: number, offset: number, isDst: boolean): string {
  const letters = lettersOf(zone, offset);
  if (letters) return letters[isDst ? letters.length - 1 : 0] || numeric(offset);
  const now = TODAY.find((moment) => offsetAt(zone, moment) === offset);
  return lettersAt(zone, epochSeconds) ?? (now === undefined ? undefined : lettersAt(zone, now)) ?? numeric(offset);
}

/** A winter and a summer of which Intl knows the letters; of old times it knows fewer. */
const TODAY = [1_705_276_800, 1_721_001_600];

function lettersAt(zone: string, epochSeconds: number): string | undefined {
  for (const locale of ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ', 'en-CA']) {
    const name = shortName(zone, locale, epochSeconds);
    if (name !== undefined && !/^(GMT|UTC)[-+]/.test(name)) return name;
  }
  return undefined;
}

function numeric(offset: number): string {
  const size = Math.abs(offset) / 60;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(size / 60)}${size % 60 === 0 ? '' : two(size % 60)}`;
}

function shortName(zone: string, locale: string, epochSeconds: number): string | undefined {
  const parts = formatOf(zone, locale, true).formatToParts(epochSeconds * 1000);
  return parts.find((part) => part.type === 'timeZoneName')?.value;
}

function formatOf(zone: string, locale: string, named = false): Intl.DateTimeFormat {
  const key = `${zone} ${locale} ${named}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      hourCycle: 'h23',
      ...(named
        ? { timeZoneName: 'short' }
        : {
            era: 'short',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric',
          }),
    });
    formats.set(key, format);
  }
  return format;
}
