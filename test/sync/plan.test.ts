import fc from 'fast-check';
import { expect, test } from 'vitest';
import { credentialsUrl } from '../../src/sync/index.ts';
import { parseClickHouseType } from '../../src/sync/plan/clickhouse-type.ts';
import { fitName, quoteName, temporaryName, temporaryPattern } from '../../src/sync/plan/names.ts';
import { defaultPostgresType, parsePostgresType } from '../../src/sync/plan/postgres-type.ts';

const identifier = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }).filter((text) => !text.includes('\0'));

test('every name fits, keeps its suffix, and differs where its stem differs', () => {
  fc.assert(
    fc.property(identifier, identifier, (a, b) => {
      expect(Buffer.byteLength(fitName(a, '_idx'))).toBeLessThanOrEqual(63);
      expect(fitName(a, '_idx')).toMatch(/_idx$/);
      if (a !== b) expect(fitName(a, '_idx')).not.toBe(fitName(b, '_idx'));
    }),
  );
});

test('a quoted name is one identifier whatever is in it', () => {
  fc.assert(
    fc.property(identifier, (name) => {
      expect(quoteName(name)).toMatch(/^"(?:[^"]|"")+"$/);
    }),
  );
});

test('the sweep finds the tables of its own target only', () => {
  const table = { schema: 'public', name: 'board.(x)' };
  const { name } = temporaryName(table, 'fbb1c9d0-52a5-4c5c-9e57-0d8f3f1f4a10');
  expect(name).toBe('board.(x)__tsdbt_fbb1c9d052a5');
  const pattern = new RegExp(temporaryPattern(table));
  expect(pattern.test(name)).toBe(true);
  for (const other of [
    'board_(x)__tsdbt_fbb1c9d052a5',
    'xboard.(x)__tsdbt_fbb1c9d052a5',
    'board.(x)__tsdbt_fbb1c9d052a5_idx',
    'board.(x)',
  ]) {
    expect(pattern.test(other)).toBe(false);
  }
  const long = { schema: 'public', name: 'n'.repeat(63) };
  expect(new RegExp(temporaryPattern(long)).test(temporaryName(long, 'any').name)).toBe(true);
});

test.each([
  ['LowCardinality(Nullable(String))', { name: 'String', nullable: true }],
  ["Enum8('a, (b' = 1, 'c\\')' = 2)", { name: 'Enum8', args: ["'a, (b' = 1", "'c\\')' = 2"] }],
  ['SimpleAggregateFunction(max, Nullable(Decimal(18, 4)))', { name: 'Decimal', args: ['18', '4'], nullable: true }],
  ['Array(Tuple(a Int8, `b,c` Array(String)))', { name: 'Array', args: ['Tuple(a Int8, `b,c` Array(String))'] }],
])('%s is taken apart', (text, wanted) => {
  expect(parseClickHouseType(text)).toMatchObject(wanted);
});

test.each([
  ['varchar( 20 )', 'character varying(20)'],
  ['timestamptz(3)', 'timestamp(3) with time zone'],
  ['timestamp (3) without time zone', 'timestamp(3) without time zone'],
  ['numeric(18, 4)', 'numeric(18,4)'],
  ['INT[]', 'integer[]'],
  ['double  precision', 'double precision'],
  ['"My Type"', '"My Type"'],
])('type %s of Postgres is %s', (text, wanted) => {
  expect(parsePostgresType(text).text).toBe(wanted);
});

test('an aggregate state has no type in Postgres', () => {
  expect(defaultPostgresType(parseClickHouseType('AggregateFunction(sum, UInt64)'))).toBeUndefined();
});

test.each([
  [{ url: 'postgresql://a@b/c' }, 'postgresql://a@b/c'],
  [
    { host: 'db', user: 'me', password: 'p@ss/w:rd', dbname: 'api', port: 5433, sslmode: 'require' },
    'postgres://me:p%40ss%2Fw%3Ard@db:5433/api?sslmode=require',
  ],
  [{ host: '::1', user: 'me', pass: '', database: 'api' }, 'postgres://me@[::1]:5432/api'],
  [{ url: '', host: '' }, undefined],
])('credentials %j are a URL', (credentials, wanted) => {
  expect(credentialsUrl(credentials)).toBe(wanted);
});

test('what is no URL is refused without showing it', () => {
  expect(() => credentialsUrl({ url: 'mysql://u:secret@h/d' })).toThrow(
    expect.objectContaining({ code: 'TSD1003', message: expect.not.stringContaining('secret') }),
  );
});
