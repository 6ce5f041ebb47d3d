/** Wall-clock time of a zone, minutes only. `month` and `day` count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** False for a name the time zone database does not know. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a clock on the wall of `zone` shows at an instant. */
export function wallTime(instant: number, zone: string): WallTime {
  const at = new Date(instant + offsetAt(instant, zone));
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

/**
 * The instants at which the wall shows this time: one as a rule, two where the clock is put back, and where it is put
 * forward over this time the first instant after the gap (`gap`), so that what is due once a day is due on that day too.
 */
export function instantsOf(
  wall: WallTime,
  zone: string,
): { readonly instants: readonly number[]; readonly gap: boolean } {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  if (zone === 'UTC') return { instants: [asUtc], gap: false };
  const offsets = [...new Set([offsetAt(asUtc - DAY, zone), offsetAt(asUtc + DAY, zone)])];
  const instants = offsets.map((offset) => asUtc - offset).filter((one) => one + offsetAt(one, zone) === asUtc);
  if (instants.length > 0) return { instants: instants.sort((a, b) => a - b), gap: false };
  return { instants: [endOfGap(asUtc, Math.min(...offsets), zone)], gap: true };
}

/** How far the wall is ahead of UTC all of one day (`midnight` as if in UTC); undefined where the clock is moved about then. */
export function steadyOffset(midnight: number, zone: string): number | undefined {
  if (zone === 'UTC') return 0;
  const before = offsetAt(midnight - DAY, zone);
  return before === offsetAt(midnight + 2 * DAY, zone) ? before : undefined;
}

/** Steps of a minute from the wall time by the offset before the change, back to the change itself. */
function endOfGap(asUtc: number, before: number, zone: string): number {
  let instant = asUtc - before;
  const after = offsetAt(instant, zone);
  while (offsetAt(instant - MINUTE, zone) === after && asUtc - before - instant < 3 * HOUR) instant -= MINUTE;
  return instant;
}

/** Milliseconds that the wall is ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as Record<string, number>;
  const wall = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return wall - Math.floor(instant / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', { ...options, second: 'numeric', hourCycle: 'h23', timeZone: zone });
  formats.set(zone, format);
  return format;
}
