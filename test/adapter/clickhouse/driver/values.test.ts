import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Driver } from '../../../../src/adapter/index.ts';
import { driverOnServer } from '../private-server.ts';

let driver: Driver;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ driver, close } = await driverOnServer());
});
afterAll(() => close());

const CASES: readonly [expression: string, type: string, value: unknown][] = [
  ['toUInt8(200)', 'UInt8', 200],
  ['toInt64(-5)', 'Int64', -5],
  ['toInt64(9007199254740991)', 'Int64', 9007199254740991],
  ['toInt64(9007199254740993)', 'Int64', 9007199254740993n],
  ['18446744073709551615', 'UInt64', 18446744073709551615n],
  [
    "toUInt256('115792089237316195423570985008687907853269984665640564039457584007913129639935')",
    'UInt256',
    2n ** 256n - 1n,
  ],
  ['toFloat64(2)', 'Float64', 2],
  ['toFloat32(0.5)', 'Float32', 0.5],
  ['nan', 'Float64', Number.NaN],
  ['-inf', 'Float64', -Infinity],
  ['inf', 'Float64', Infinity],
  ["toDecimal64('1.50', 2)", 'Decimal(18, 2)', '1.50'],
  ['(toDecimal32(-3, 1), toFloat64(1e300), 2.5)', 'Tuple(Decimal(9, 1), Float64, Float64)', ['-3.0', 1e300, 2.5]],
  ["toJSONString(map('a', toUInt64(7)))", 'String', '{"a":7}'],
  [
    "concat('a ', '12345678901234567890 ', toString(12345678901234567890))",
    'String',
    'a 12345678901234567890 12345678901234567890',
  ],
  ["toDecimal128('12345678901234567890.123456789', 9)", 'Decimal(38, 9)', '12345678901234567890.123456789'],
  ['true', 'Bool', true],
  ["'q\\n\\t\"\\'\\\\ü\\0'", 'String', 'q\n\t"\'\\ü\0'],
  ["toDate('2026-01-31')", 'Date', '2026-01-31'],
  ["toDateTime('2026-01-31 10:20:30', 'UTC')", "DateTime('UTC')", '2026-01-31 10:20:30'],
  ["toDateTime64('2026-01-31 10:20:30.123', 3, 'UTC')", "DateTime64(3, 'UTC')", '2026-01-31 10:20:30.123'],
  ["toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')", 'UUID', '61f0c404-5cb3-11e7-907b-a6006ad3dba0'],
  ["CAST('b', 'Enum8(\\'a\\' = 1, \\'b\\' = 2)')", "Enum8('a' = 1, 'b' = 2)", 'b'],
  ["toLowCardinality(toNullable('x'))", 'LowCardinality(Nullable(String))', 'x'],
  ['NULL', 'Nullable(Nothing)', null],
  ["CAST(NULL, 'Nullable(UInt64)')", 'Nullable(UInt64)', null],
  ['[toUInt64(1), 9007199254740993]', 'Array(UInt64)', [1, 9007199254740993n]],
  ['[[1.5, nan], []]', 'Array(Array(Float64))', [[1.5, Number.NaN], []]],
  ['[toNullable(toInt64(1)), NULL]', 'Array(Nullable(Int64))', [1, null]],
  ["(toUInt64(1), 'a', NULL)", 'Tuple(UInt64, String, Nullable(Nothing))', [1, 'a', null]],
  ["CAST((1, 'x'), 'Tuple(`a b` UInt64, c String)')", 'Tuple(`a b` UInt64, c String)', [1, 'x']],
  ["map('a', 9007199254740993, 'b', 1)", 'Map(String, UInt64)', { a: 9007199254740993n, b: 1 }],
];

test.each(CASES)('%s is %s', async (expression, type, value) => {
  const { columns, rows } = await driver.query(`SELECT ${expression} AS v`);
  expect(columns).toEqual([{ name: 'v', type }]);
  expect(rows).toEqual([[value]]);
});

test('a whole table at once, names with odd characters, and no rows', async () => {
  await driver.query('CREATE TABLE odd (`a b` Int64, `c``d` String) ENGINE = Memory');
  expect(await driver.query('SELECT * FROM odd')).toMatchObject({
    columns: [
      { name: 'a b', type: 'Int64' },
      { name: 'c`d', type: 'String' },
    ],
    rows: [],
  });
  await driver.query("INSERT INTO odd SELECT number, 'line\\nbreak' FROM numbers(3)");
  const { rows } = await driver.query('SELECT * FROM odd ORDER BY 1 -- trailing remark');
  expect(rows).toEqual([0, 1, 2].map((n) => [n, 'line\nbreak']));
});

test('a statement with a FORMAT of its own gives its text', async () => {
  const { rows } = await driver.query('SELECT number FROM numbers(2) FORMAT TSV');
  expect(rows).toEqual([['0\n1\n']]);
});
