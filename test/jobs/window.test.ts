import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCron } from '../../src/jobs/plan/cron.ts';
import { lastStart, minutesOf, nextStart, showWindow, type Window, windowAt } from '../../src/jobs/plan/window.ts';

const EVENING: Window = { from: 19 * 60, to: 22 * 60, zone: 'UTC' };
const at = (text: string): number => Date.parse(`2026-06-30T${text}Z`);
const every30 = parseCron('*/30 * * * *', 'UTC');

it('begins with its first minute and ends before its last', () => {
  expect(
    [at('18:59:59'), at('19:00:00'), at('21:59:59'), at('22:00:00')].map((one) => windowAt([EVENING], one)),
  ).toEqual([undefined, EVENING, EVENING, undefined]);
  expect(showWindow(EVENING)).toBe('19:00-22:00 UTC');
});

it('goes over midnight and lies in its own zone', () => {
  const night: Window = { from: 22 * 60, to: 2 * 60, zone: 'UTC' };
  expect(['21:59:00', '22:00:00', '01:59:00', '02:00:00'].map((one) => windowAt([night], at(one)) === night)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const kolkata: Window = { ...EVENING, zone: 'Asia/Kolkata' };
  expect(windowAt([kolkata], at('13:30:00'))).toBe(kolkata);
  expect(windowAt([kolkata], at('19:30:00'))).toBeUndefined();
});

it('moves the next start behind it and the last start before it', () => {
  if (typeof every30 === 'string') throw new Error(every30);
  expect(nextStart(every30, [EVENING], at('18:45:00'))).toBe(at('22:00:00'));
  expect(lastStart(every30, [EVENING], at('21:45:00'))).toBe(at('18:30:00'));
  expect(lastStart(every30, [EVENING], at('22:00:00'))).toBe(at('22:00:00'));
  expect(nextStart(every30, [{ from: 0, to: 1440, zone: 'UTC' }], at('12:00:00'))).toBeUndefined();
});

it('reads times as text or as the minutes YAML 1.1 makes of them', () => {
  expect(['19:00', '06:30', '24:00', 1140].map(minutesOf)).toEqual([1140, 390, 1440, 1140]);
  expect(['25:00', '12:60', 'noon', 1441, -1].map(minutesOf)).toEqual(Array(5).fill(undefined));
});

it('and its complement share every minute of any day', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu');
  const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(minute, minute, zone, instant, (from, to, name, when) => {
      fc.pre(from !== to);
      const inside = windowAt([{ from, to, zone: name }], when) !== undefined;
      const outside = windowAt([{ from: to, to: from, zone: name }], when) !== undefined;
      expect(inside).toBe(!outside);
    }),
  );
});

it('on the days the clock is moved is what the wall shows', () => {
  const night: Window = { from: 90, to: 150, zone: 'Europe/Berlin' };
  const inside = (from: string, minutes: number): string[] =>
    Array.from({ length: minutes / 15 }, (_, i) => Date.parse(from) + i * 900_000)
      .filter((instant) => windowAt([night], instant) !== undefined)
      .map((instant) => new Date(instant).toISOString().slice(11, 16));
  // At 01:00 UTC of March 29 two becomes three: the half hour after two is not there.
  expect(inside('2026-03-29T00:00:00Z', 180)).toEqual(['00:30', '00:45']);
  // At 01:00 UTC of October 25 three becomes two: the half hour after two is there twice.
  expect(inside('2026-10-24T23:00:00Z', 240)).toEqual(['23:30', '23:45', '00:00', '00:15', '01:00', '01:15']);
});
