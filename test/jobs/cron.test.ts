import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cron, dueAfter, dueUntil, parseCron } from '../../src/jobs/plan/cron.ts';

const MINUTE = 60_000;
const WEEK = 7 * 86_400_000;

function cron(text: string, zone = 'UTC'): Cron {
  const read = parseCron(text, zone);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

const nextDue = (cron: Cron, after: number): number | undefined => dueAfter(cron, after).next().value ?? undefined;
const lastDue = (cron: Cron, until: number): number | undefined => dueUntil(cron, until).next().value ?? undefined;

function due(text: string, zone: string, from: string, count: number): string[] {
  const found: string[] = [];
  for (const at of dueAfter(cron(text, zone), Date.parse(from))) {
    if (found.push(new Date(at).toISOString().slice(0, 16)) === count) break;
  }
  return found;
}

describe('a cron expression', () => {
  it('means what crontab(5) says', () => {
    expect(due('*/15 * * * *', 'UTC', '2026-06-30T12:00:00Z', 2)).toEqual(['2026-06-30T12:15', '2026-06-30T12:30']);
    expect(due('0 6 */7 * *', 'UTC', '2026-06-30T12:00:00Z', 6).map((at) => at.slice(5, 10))).toEqual([
      '07-01',
      '07-08',
      '07-15',
      '07-22',
      '07-29',
      '08-01',
    ]);
    expect(due('0 19 * * *', 'Asia/Kolkata', '2026-06-30T12:00:00Z', 1)).toEqual(['2026-06-30T13:30']);
    expect(due('30 4 1,15 * fri', 'UTC', '2026-05-01T05:00:00Z', 3)).toEqual([
      '2026-05-08T04:30',
      '2026-05-15T04:30',
      '2026-05-22T04:30',
    ]);
    expect(due('0 0 29 2 *', 'UTC', '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-29T00:00']);
    expect(due('@daily', 'UTC', '2026-06-30T12:00:00Z', 1)).toEqual(['2026-07-01T00:00']);
    expect(due('0 0 * jan-mar/2 7', 'UTC', '2026-01-25T00:00:00Z', 1)).toEqual(['2026-03-01T00:00']);
  });

  it('that never comes says so', () => {
    expect(nextDue(cron('0 0 30 2 *'), 0)).toBeUndefined();
    expect(lastDue(cron('0 0 31 4,6,9,11 *'), Date.UTC(2026, 0, 1))).toBeUndefined();
  });

  it('once a day comes once on the days the clock is moved', () => {
    // New York: 02:00 becomes 03:00 on March 8, and 02:00 becomes 01:00 on November 1.
    const zone = 'America/New_York';
    expect(due('30 2 * * *', zone, '2026-03-07T12:00:00Z', 2)).toEqual(['2026-03-08T07:00', '2026-03-09T06:30']);
    expect(due('30 1 * * *', zone, '2026-10-31T12:00:00Z', 2)).toEqual(['2026-11-01T05:30', '2026-11-02T06:30']);
    expect(due('30 * * * *', zone, '2026-11-01T05:00:00Z', 3)).toEqual([
      '2026-11-01T05:30',
      '2026-11-01T06:30',
      '2026-11-01T07:30',
    ]);
    expect(due('30 * * * *', zone, '2026-03-08T06:00:00Z', 2)).toEqual(['2026-03-08T06:30', '2026-03-08T07:30']);
  });

  it.each([
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    'x * * * *',
    '',
  ])('refuses %s', (text) => {
    expect(typeof parseCron(text, 'UTC')).toBe('string');
  });
});

describe('any cron expression', () => {
  const field = (min: number, max: number) =>
    fc.oneof(
      fc.constant('*'),
      fc.integer({ min, max }).map(String),
      fc
        .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
        .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      fc.integer({ min: 1, max: max - min }).map((step) => `*/${step}`),
      fc.array(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }).map((list) => list.join(',')),
    );
  const expression = fc
    .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7))
    .map((fields) => fields.join(' '));
  const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });

  it('is due next at the first minute that fits, tried one by one', () => {
    fc.assert(
      fc.property(expression, instant, (text, after) => {
        const limit = after + WEEK;
        const next = nextDue(cron(text), after);
        const expected = firstFit(text, after, limit);
        if (expected !== undefined) expect(next).toBe(expected);
        else expect(next === undefined || next > limit).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('was last due at the moment that comes next before it, in any zone', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(expression, zone, instant, (text, name, at) => {
        const parsed = cron(text, name);
        const next = nextDue(parsed, at);
        if (next === undefined) return;
        expect(lastDue(parsed, next)).toBe(next);
        const last = lastDue(parsed, next - 1);
        if (last !== undefined) {
          expect(last).toBeLessThanOrEqual(at);
          expect(nextDue(parsed, last)).toBe(next);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** The plain meaning, in UTC: walks minute by minute. */
function firstFit(text: string, after: number, limit: number): number | undefined {
  const fields = text.split(' ');
  const fits = (field: string, value: number, min: number, max: number): boolean =>
    field.split(',').some((part) => {
      const [range, step] = part.split('/') as [string, string?];
      const [low, high] = range === '*' ? [min, max] : (range.split('-').map(Number) as [number, number?]);
      return value >= low && value <= (high ?? low) && (value - low) % Number(step ?? 1) === 0;
    });
  for (let at = Math.floor(after / MINUTE) * MINUTE + MINUTE; at <= limit; at += MINUTE) {
    const date = new Date(at);
    const day = fits(fields[2]!, date.getUTCDate(), 1, 31);
    const weekday = [date.getUTCDay(), date.getUTCDay() === 0 ? 7 : -1].some((one) => fits(fields[4]!, one, 0, 7));
    const either = !fields[2]!.startsWith('*') && !fields[4]!.startsWith('*');
    const rest =
      fits(fields[0]!, date.getUTCMinutes(), 0, 59) &&
      fits(fields[1]!, date.getUTCHours(), 0, 23) &&
      fits(fields[3]!, date.getUTCMonth() + 1, 1, 12);
    if (rest && (either ? day || weekday : day && weekday)) return at;
  }
  return undefined;
}
