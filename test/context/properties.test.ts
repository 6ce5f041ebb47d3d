import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dbtEnvironment, PyDecimal } from '../../src/context/index.ts';
import { fromData, runSync, scopeOf, str, toData, type Value } from '../../src/jinja/index.ts';
import type { Data } from '../../src/util/data.ts';
import { runtimeContext, world } from './support.ts';

const { scope } = runtimeContext(world());
const evaluate = (expression: string, names: Record<string, Value>): Value =>
  runSync(dbtEnvironment('native').compile(`{{ ${expression} }}`).renderNative(scopeOf(names, scope)));

const date = fc.record({
  y: fc.integer({ min: 1, max: 9999 }),
  m: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 28 }),
});
/** Whole numbers beyond 2^53 are bigint in our data, never number. */
const safe = (_key: string, value: unknown) =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value as number) : value;
const json = fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text, safe) as Data);

describe('what must hold for every value', () => {
  it('a date is its ordinal, and days are what is between two', () => {
    const ordinal = 'modules.datetime.date(y, m, d).toordinal()';
    fc.assert(
      fc.property(date, fc.integer({ min: -3000, max: 3000 }), (at, days) => {
        expect(evaluate(`modules.datetime.date.fromordinal(${ordinal}) == modules.datetime.date(y, m, d)`, at)).toBe(
          true,
        );
        const there = evaluate(ordinal, at) + days;
        if (there < 1 || there > 3652059) return;
        const moved = 'modules.datetime.date(y, m, d) + modules.datetime.timedelta(days=days)';
        expect(evaluate(`(${moved} - modules.datetime.date(y, m, d)).days`, { ...at, days })).toBe(days);
      }),
    );
  });

  it('strptime reads what strftime wrote', () => {
    const clock = {
      h: fc.integer({ min: 0, max: 23 }),
      n: fc.integer({ min: 0, max: 59 }),
      f: fc.integer({ min: 0, max: 999_999 }),
    };
    const format = fc.constantFrom(
      '%Y-%m-%d %H:%M:%S.%f',
      '%d %b %Y %I:%M:%S.%f %p',
      '%A %j %Y %H%M%S%f',
      '%G-W%V-%u %H:%M:%S.%f',
    );
    const years = fc.integer({ min: 1000, max: 9999 });
    fc.assert(
      fc.property(date, years, fc.record(clock), format, (at, y, time, pattern) => {
        const made = 'modules.datetime.datetime(y, m, d, h, n, n, f)';
        const read = `modules.datetime.datetime.strptime(${made}.strftime(pattern), pattern)`;
        expect(evaluate(`${read} == ${made}`, { ...at, ...time, y, pattern })).toBe(true);
      }),
    );
  });

  it('an escaped text matches itself and nothing longer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(evaluate('modules.re.fullmatch(modules.re.escape(text), text) is not none', { text })).toBe(true);
        expect(evaluate("modules.re.fullmatch(modules.re.escape(text), text ~ 'x') is none", { text })).toBe(true);
        expect(evaluate("modules.re.sub(modules.re.escape(text ~ '|'), 'y', text ~ '|')", { text })).toBe('y');
      }),
    );
  });

  it('JSON and YAML read back what they wrote', () => {
    fc.assert(
      fc.property(json, (data) => {
        expect(evaluate('fromjson(tojson(value)) == value', { value: fromData(data) })).toBe(true);
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean())),
        (data) => {
          const value = fromData(data);
          expect(toData(evaluate('fromyaml(toyaml(value))', { value }))).toEqual(toData(value));
        },
      ),
    );
  });

  it('decimals calculate exactly', () => {
    const digits = fc.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 8 }));
    const decimal = ([coefficient, places]: [bigint, number]) => PyDecimal.parse(`${coefficient}e-${places}`);
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const names = { a: decimal(a), b: decimal(b) };
        const scale = (x: [bigint, number]) => x[0] * 10n ** BigInt(8 - x[1]);
        const units = (value: Value) =>
          BigInt(str(evaluate('(v * s) // 1', { v: value, s: 100_000_000 })).replace(/E\+\d+$/, ''));
        expect(units(evaluate('a + b', names))).toBe(scale(a) + scale(b));
        expect(units(evaluate('a - b', names))).toBe(scale(a) - scale(b));
        expect(evaluate('a < b', names)).toBe(scale(a) < scale(b));
        expect(evaluate('a == b', names)).toBe(scale(a) === scale(b));
        if (b[0] !== 0n) expect(evaluate('(a // b) * b + a % b == a', names)).toBe(true);
      }),
    );
  });
});
