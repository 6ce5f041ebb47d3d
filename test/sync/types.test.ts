import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSync } from '../../src/sync/index.ts';
import { type Bucket, openBucket } from './support/bucket.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
let bucket: Bucket;
beforeAll(async () => {
  [place, bucket] = await Promise.all([openPlace(), openBucket()]);
});
afterAll(async () => {
  await bucket?.close();
  await place?.close();
});

const TRANSPORTS = ['stream', '{ s3: marts }', '{ s3: marts, format: Parquet }'] as const;
const WAYS = TRANSPORTS.flatMap((transport) => (['binary', 'text'] as const).map((format) => ({ transport, format })));

/** Column type of ClickHouse, type of Postgres it must get ('' is the default), values of ClickHouse -> what Postgres must hold, as text. */
type Case = readonly [
  type: string,
  target: string,
  arrives: string,
  values: readonly (readonly [string, string | null])[],
];

// biome-ignore format: one case a line reads as the table it is
const CASES: readonly Case[] = [
  ['String', '', 'text', [["''", ''], [String.raw`'a\tb\nc\\d\'e"f\re'`, 'a\tb\nc\\d\'e"f\re'], ["'\\\\N'", '\\N'], ["'\\\\.'", '\\.'], ["'हिन्दी 👩‍👩‍👧 عربي'", 'हिन्दी 👩‍👩‍👧 عربي']]],
  ['Nullable(String)', '', 'text', [['NULL', null], ["'x'", 'x']]],
  ['LowCardinality(Nullable(String))', '', 'text', [['NULL', null], ["'lc'", 'lc']]],
  ['LowCardinality(String)', 'varchar(5)', 'character varying(5)', [["'abcde'", 'abcde']]],
  ['String', 'bytea', 'bytea', [["'a\\0\\xff'", '\\x6100ff'], ["''", '\\x']]],
  ['FixedString(5)', '', 'text', [["'ab'", 'ab'], ["'abcde'", 'abcde']]],
  ['FixedString(3)', 'bytea', 'bytea', [["'a'", '\\x610000']]],
  ["Enum8('one' = 1, 'it\\'s, (two)' = 2)", '', 'text', [["'one'", 'one'], ["'it\\'s, (two)'", "it's, (two)"]]],
  ['UInt8', '', 'smallint', [['0', '0'], ['255', '255']]],
  ['UInt8', 'boolean', 'boolean', [['0', 'false'], ['1', 'true']]],
  ['Int8', '', 'smallint', [['-128', '-128'], ['127', '127']]],
  ['Int16', '', 'smallint', [['-32768', '-32768']]],
  ['UInt16', '', 'integer', [['65535', '65535']]],
  ['Int32', '', 'integer', [['-2147483648', '-2147483648'], ['2147483647', '2147483647']]],
  ['UInt32', '', 'bigint', [['4294967295', '4294967295']]],
  ['UInt32', 'int', 'integer', [['2147483647', '2147483647']]],
  ['Int64', '', 'bigint', [["'-9223372036854775808'", '-9223372036854775808'], ["'9223372036854775807'", '9223372036854775807']]],
  ['UInt64', '', 'numeric(20,0)', [["'18446744073709551615'", '18446744073709551615'], ["'0'", '0'], ["'10000'", '10000']]],
  ['UInt64', 'bigint', 'bigint', [["'9223372036854775807'", '9223372036854775807']]],
  ['Int128', '', 'numeric(39,0)', [["'-170141183460469231731687303715884105728'", '-170141183460469231731687303715884105728'], ["'99999999'", '99999999']]],
  ['UInt128', '', 'numeric(39,0)', [["'340282366920938463463374607431768211455'", '340282366920938463463374607431768211455']]],
  ['Int256', '', 'numeric(78,0)', [["'-57896044618658097711785492504343953926634992332820282019728792003956564819968'", '-57896044618658097711785492504343953926634992332820282019728792003956564819968'], ["'1'", '1']]],
  ['UInt256', '', 'numeric(78,0)', [["'115792089237316195423570985008687907853269984665640564039457584007913129639935'", '115792089237316195423570985008687907853269984665640564039457584007913129639935']]],
  ['Int64', 'numeric(30,4)', 'numeric(30,4)', [["'-9223372036854775808'", '-9223372036854775808.0000'], ["'12'", '12.0000']]],
  ['Float32', '', 'real', [['1.1', '1.1'], ['inf', 'Infinity'], ['-inf', '-Infinity'], ['nan', 'NaN'], ['-0.', '-0'], ['3.4028235e38', '3.4028235e+38']]],
  ['Float64', '', 'double precision', [['0.1', '0.1'], ['-inf', '-Infinity'], ['nan', 'NaN'], ['5e-324', '5e-324'], ['-0.', '-0'], ['1.7976931348623157e308', '1.7976931348623157e+308']]],
  ['Nullable(Float64)', '', 'double precision', [['NULL', null], ['2.5', '2.5']]],
  ['Int32', 'float8', 'double precision', [['-7', '-7']]],
  ['Decimal(9, 0)', '', 'numeric(9,0)', [["'999999999'", '999999999'], ["'-1'", '-1']]],
  ['Decimal(9, 9)', '', 'numeric(9,9)', [["'0.999999999'", '0.999999999'], ["'-0.000000001'", '-0.000000001']]],
  ['Decimal(18, 4)', '', 'numeric(18,4)', [["'-12345678901234.5678'", '-12345678901234.5678'], ["'0'", '0.0000'], ["'0.0001'", '0.0001'], ["'10000'", '10000.0000']]],
  ['Decimal(18, 2)', 'numeric', 'numeric', [["'1.25'", '1.25']]],
  ['Decimal(38, 10)', '', 'numeric(38,10)', [["'-9999999999999999999999999999.9999999999'", '-9999999999999999999999999999.9999999999']]],
  ['Decimal(76, 38)', '', 'numeric(76,38)', [["'-1.00000000000000000000000000000000000001'", '-1.00000000000000000000000000000000000001']]],
  ['Nullable(Decimal(10, 3))', '', 'numeric(10,3)', [['NULL', null], ["'1.005'", '1.005']]],
  ['Bool', '', 'boolean', [['true', 'true'], ['false', 'false']]],
  ['Date', '', 'date', [["'1970-01-01'", '1970-01-01'], ["'2149-06-06'", '2149-06-06']]],
  ['Date32', '', 'date', [["'1900-01-01'", '1900-01-01'], ["'2299-12-31'", '2299-12-31'], ["'2000-02-29'", '2000-02-29']]],
  ["DateTime('Asia/Kolkata')", '', 'timestamp with time zone', [["toDateTime('2026-01-01 05:30:00', 'Asia/Kolkata')", '2026-01-01 00:00:00+00']]],
  ["DateTime('America/New_York')", 'timestamp', 'timestamp without time zone', [["toDateTime('2026-01-01 00:00:00', 'America/New_York')", '2026-01-01 05:00:00']]],
  ["DateTime64(3, 'UTC')", '', 'timestamp with time zone', [["'1900-01-01 00:00:00.001'", '1900-01-01 00:00:00.001+00'], ["'2299-12-31 23:59:59.999'", '2299-12-31 23:59:59.999+00']]],
  ["DateTime64(9, 'UTC')", '', 'timestamp with time zone', [["'2026-12-31 23:59:59.999999999'", '2026-12-31 23:59:59.999999+00'], ["'1950-01-01 00:00:00.123456789'", '1950-01-01 00:00:00.123457+00']]],
  ["DateTime64(6, 'Asia/Kolkata')", 'timestamptz(3)', 'timestamp(3) with time zone', [["'2026-06-01 12:00:00.123456'", '2026-06-01 06:30:00.123+00']]],
  ['Date', 'timestamptz', 'timestamp with time zone', [["'2026-03-04'", '2026-03-04 00:00:00+00']]],
  ['Time', '', 'interval', [["'999:59:59'", '999:59:59'], ["'-12:00:01'", '-12:00:01']]],
  ['Time64(3)', '', 'interval', [["'-12:00:01.500'", '-12:00:01.5']]],
  ['Time64(9)', 'time', 'time without time zone', [["'23:59:59.123456000'", '23:59:59.123456']]],
  ['IntervalDay', '', 'interval', [['INTERVAL 3 DAY', '3 days']]],
  ['IntervalQuarter', '', 'interval', [['INTERVAL 5 QUARTER', '1 year 3 mons']]],
  ['IntervalMillisecond', '', 'interval', [['INTERVAL -1500 MILLISECOND', '-00:00:01.5']]],
  ['UUID', '', 'uuid', [["'61f0c404-5cb3-11e7-907b-a6006ad3dba0'", '61f0c404-5cb3-11e7-907b-a6006ad3dba0']]],
  ['IPv4', '', 'inet', [["'1.2.3.4'", '1.2.3.4/32']]],
  ['Nullable(IPv6)', '', 'inet', [["'2001:db8::1'", '2001:db8::1/128'], ['NULL', null]]],
  ['Point', '', 'point', [['(1.5, -2.25)', '(1.5,-2.25)']]],
  ['Array(String)', '', 'text[]', [['[]', '{}'], [String.raw`['a', 'NULL', 'q"u\\o,t{e}', '']`, String.raw`{a,"NULL","q\"u\\o,t{e}",""}`]]],
  ['Array(Nullable(Int32))', '', 'integer[]', [['[1, NULL, -3]', '{1,NULL,-3}']]],
  ['Array(LowCardinality(String))', '', 'text[]', [["['x']", '{x}']]],
  ['Array(UInt64)', '', 'numeric(20,0)[]', [['[18446744073709551615, 0]', '{18446744073709551615,0}']]],
  ["Array(DateTime('Asia/Kolkata'))", '', 'timestamp with time zone[]', [["[toDateTime('2026-01-01 05:30:00', 'Asia/Kolkata')]", '{"2026-01-01 00:00:00+00"}']]],
  ['Array(Float64)', '', 'double precision[]', [['[nan, 0.5]', '{NaN,0.5}']]],
  ['Array(Array(Int32))', '', 'jsonb', [['[[1, 2], [3]]', '[[1, 2], [3]]']]],
  ['Map(String, UInt64)', '', 'jsonb', [[String.raw`map('k"\\', 18446744073709551615)`, String.raw`{"k\"\\": 18446744073709551615}`], ['map()', '{}']]],
  ['Map(LowCardinality(String), Nullable(Int64))', '', 'jsonb', [["map('a', NULL, 'b', -1)", '{"a": null, "b": -1}']]],
  ['Tuple(a Int32, b Nullable(String))', '', 'jsonb', [['(1, NULL)', '{"a": 1, "b": null}']]],
  ['Array(Tuple(x UInt8))', '', 'jsonb', [['[tuple(7)]', '[{"x": 7}]']]],
  ['JSON', '', 'jsonb', [[`'{"a": {"b": [1, 2]}}'`, '{"a": {"b": [1, 2]}}']]],
  ['Variant(String, UInt64)', '', 'jsonb', [["'s'", '"s"'], ['5::UInt64', '5'], ['NULL', null]]],
  ['Dynamic', '', 'jsonb', [['42::UInt64', '42'], ['NULL', null]]],
  ['String', 'jsonb', 'jsonb', [[`'{"a":1}'`, '{"a": 1}']]],
  ['Int32', 'text', 'text', [['-5', '-5']]],
  ['UUID', 'text', 'text', [["'61f0c404-5cb3-11e7-907b-a6006ad3dba0'", '61f0c404-5cb3-11e7-907b-a6006ad3dba0']]],
  ['BFloat16', '', 'real', [['1.5', '1.5'], ['-inf', '-Infinity']]],
  ["DateTime('America/New_York')", '', 'timestamp with time zone', [['1762061400', '2025-11-02 05:30:00+00'], ['1762065000', '2025-11-02 06:30:00+00']]],
  ["DateTime64(0, 'Asia/Kolkata')", '', 'timestamp with time zone', [["toDateTime64('1969-06-01 05:30:00', 0, 'Asia/Kolkata')", '1969-06-01 00:00:00+00']]],
  ['Nested(a Int32, b String)', '', 'jsonb', [["[(1, 'x')]", '[{"a": 1, "b": "x"}]']]],
  ['Tuple(Int32, String)', '', 'jsonb', [["(1, 'x')", '[1, "x"]']]],
  ['Map(String, Float64)', '', 'jsonb', [["map('a', nan, 'b', -inf, 'c', 0.5)", '{"a": null, "b": null, "c": 0.5}']]],
  ['Variant(Float64, String)', '', 'jsonb', [['nan::Float64', 'null'], ["'text'", '"text"']]],
  ['Array(Variant(Date, String))', '', 'jsonb', [["['2020-01-01'::String, '2020-01-01'::Date]", '["2020-01-01", "2020-01-01"]']]],
  ['Array(Time)', '', 'interval[]', [["['12:00:00', '-01:00:00']", '{12:00:00,-01:00:00}']]],
  ['Array(IntervalDay)', '', 'interval[]', [['[INTERVAL 1 DAY]', '{"1 day"}']]],
  ['Array(Date32)', '', 'date[]', [["['1900-01-01']", '{1900-01-01}']]],
  ['Array(Bool)', '', 'boolean[]', [['[true, false]', '{t,f}']]],
  ['Array(UUID)', '', 'uuid[]', [["['61f0c404-5cb3-11e7-907b-a6006ad3dba0']", '{61f0c404-5cb3-11e7-907b-a6006ad3dba0}']]],
  ['Array(Nullable(Decimal(18, 4)))', '', 'numeric(18,4)[]', [["['-1.5'::Decimal(18, 4), NULL]", '{-1.5000,NULL}']]],
  ['Array(FixedString(3))', '', 'text[]', [["['a']", '{a}']]],
  ['Ring', '', 'jsonb', [['[(0, 0), (10, 0)]', '[[0, 0], [10, 0]]']]],
  ['Bool', 'int', 'integer', [['true', '1'], ['false', '0']]],
  ['Float32', 'float8', 'double precision', [['1.1', '1.100000023841858'], ['nan', 'NaN']]],
  ['Float64', 'real', 'real', [['0.1', '0.1'], ['-inf', '-Infinity']]],
  ['Int64', 'float8', 'double precision', [["'9007199254740992'", '9.007199254740992e+15'], ['-3', '-3']]],
  ['UInt32', 'real', 'real', [['16777216', '1.6777216e+07']]],
  ['Time64(9)', '', 'interval', [["'23:59:59.999999999'", '23:59:59.999999'], ["'-00:00:00.000000001'", '00:00:00']]],
  ["DateTime64(9, 'UTC')", 'timestamptz(0)', 'timestamp(0) with time zone', [["'2026-12-31 23:59:59.999999999'", '2026-12-31 23:59:59+00']]],
  ["DateTime64(9, 'UTC')", 'text', 'text', [["'1950-01-01 00:00:00.123456789'", '1950-01-01 00:00:00.123456789']]],
  ['Nullable(Nothing)', 'text', 'text', [['NULL', null]]],
  ['Array(Nothing)', 'int[]', 'integer[]', [['[]', '{}']]],
  ["Array(Enum8('a' = -128, 'b' = 127))", '', 'text[]', [["['a', 'b']", '{a,b}']]],
  ["Map(Enum8('a' = 1), DateTime64(3, 'Asia/Kolkata'))", 'text', 'text', [["map('a', '2026-01-01 05:30:00.5')", '{"a":"2026-01-01T00:00:00.500Z"}']]],
  ['MultiPolygon', '', 'jsonb', [['[[[(0, 0), (1, 1)]]]', '[[[[0, 0], [1, 1]]]]']]],
  ['SimpleAggregateFunction(max, Nullable(UInt32))', '', 'bigint', [['3', '3'], ['NULL', null]]],
];

/** Types that no table may hold, so the query makes them. */
const SETTINGS =
  'enable_time_time64_type = 1, allow_experimental_nullable_tuple_type = 1, allow_suspicious_low_cardinality_types = 1';

const yaml = (transport: string) => `
syncs:
  - name: types
    source: { query: types }
    connection: api
    table: types
    transport: ${transport}
    columns:
${CASES.map(([, target], i) => (target ? `      - { name: c${i}, type: "${target}" }\n` : '')).join('')}`;

/** A type within a string constant of ClickHouse. */
function typeText(type: string): string {
  return type.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}

async function makeSource(): Promise<string> {
  const rows = Math.max(...CASES.map(([, , , values]) => values.length));
  const selects = Array.from({ length: rows }, (_, row) => {
    const values = CASES.map(
      ([type, , , all], i) => `CAST(${all[row % all.length]![0]}, '${typeText(type)}') AS c${i}`,
    );
    return `SELECT ${row} AS n, ${values.join(', ')}`;
  });
  return `(${selects.join(' UNION ALL ')})`;
}

test.each(WAYS)(
  'every type of the matrix arrives with its value: $transport, $format',
  async ({ transport, format }) => {
    const source = await makeSource();
    const settings = Object.fromEntries(SETTINGS.split(', ').map((one) => one.split(' = ')));
    const clickhouse: typeof place.clickhouse = Object.create(place.clickhouse, {
      query: {
        value: (sql: string, o = {}) =>
          place.clickhouse.query(sql, { ...o, settings: { ...settings, ...(o as { settings?: object }).settings } }),
      },
      exportStream: {
        value: (sql: string, o = {}) =>
          place.clickhouse.exportStream(sql, {
            ...o,
            settings: { ...settings, ...(o as { settings?: object }).settings },
          }),
      },
    });
    await place.pg('drop table if exists types, types_old_bkp');
    const result = await runSync(await definition(yaml(transport)), {
      clickhouse,
      postgresUrl: place.url,
      stage: bucket.access,
      source,
      invocationId: 'types',
      format,
    });
    expect(result.format).toBe(format);
    const types = await place.pg(
      `select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'types'::regclass and attnum > 1 order by attnum`,
    );
    expect(types.map(([type], i) => `${CASES[i]![0]}: ${type}`)).toEqual(
      CASES.map(([type, , arrives]) => `${type}: ${arrives}`),
    );
    const rows = await place.pg(`select ${CASES.map((_, i) => `c${i}::text`).join(', ')} from types order by n`);
    const arrived = rows.flatMap((row, n) =>
      row.map((value, i) => `${CASES[i]![0]} -> ${CASES[i]![2]}, row ${n}: ${value}`),
    );
    const wanted = rows.flatMap((_, n) =>
      CASES.map(([type, , arrives, all]) => `${type} -> ${arrives}, row ${n}: ${all[n % all.length]![1]}`),
    );
    expect(arrived).toEqual(wanted);
  },
);

test('both formats give the same table', async () => {
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.mixed (id UInt32, s Nullable(String), d Decimal(18, 4), f Float64, t DateTime64(6), a Array(Nullable(String)), m Map(String, Float64)) ORDER BY id`,
    `INSERT INTO dbt.mixed SELECT number, if(number % 7 = 0, NULL, randomPrintableASCII(number % 50)), (rand() - 2147483648) / 7, reinterpretAsFloat64(rand64()), now64(6) + number, [NULL, randomPrintableASCII(number % 9)], map('k', number / 3) FROM numbers(50000)`,
  );
  for (const format of ['binary', 'text'] as const) {
    const sync = await definition(`syncs: [{ name: mixed, source: mixed, connection: api, table: mixed_${format} }]`);
    await runSync(sync, {
      clickhouse: place.clickhouse,
      postgresUrl: place.url,
      source: 'dbt.mixed',
      invocationId: format,
      format,
    });
  }
  const difference = (a: string, b: string) =>
    `select count(*)::int from (select * from mixed_${a} except all select * from mixed_${b}) d`;
  expect(await place.pg(difference('binary', 'text'))).toEqual([[0]]);
  expect(await place.pg(difference('text', 'binary'))).toEqual([[0]]);
  expect(await place.pg('select count(*)::int from mixed_binary')).toEqual([[50_000]]);
});

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ["toDateTime('2026-01-01 10:00:00')", 'date', /loses a part/],
  ['INTERVAL 3 DAY', 'bigint', /without its unit/],
  ["map('a', 1)", 'bigint', /needs a jsonb column/],
  ['sumState(1)', '', /aggregate state/],
  ['2::UInt8', 'boolean', /only 0 and 1/],
  ['18446744073709551615::UInt64', 'bigint', /cannot be safely converted/],
  ["'a\\0b'", '', /0x00/],
  ["unhex('ff')", '', /invalid byte sequence/],
  ['1e300::Float64', 'real', /out of range/],
  ['1.5::Float64', 'int', /invalid input syntax/],
  ['inf::Float64', 'numeric(10,2)', /overflow|infinit/],
  ["toTime64('25:00:00', 0)", 'time', /out of range/],
  ['9007199254740993::Int64', 'float8', /cannot be safely converted/],
  ['16777217::UInt32', 'real', /cannot be safely converted/],
  ["map('a', 1, 'a', 2)", '', /a Map has a key twice/],
  ['1.23::Decimal(9, 2)', 'numeric(9,1)', /loses digits after the point/],
  ['[1.23::Decimal(9, 2)]', 'numeric(9,1)[]', /loses digits after the point/],
  ['[INTERVAL 3 DAY]', 'text[]', /without its unit/],
  ['[INTERVAL 3 DAY]', 'jsonb', /without its unit/],
  ['INTERVAL 3 DAY', 'text', /without its unit/],
  ['INTERVAL 3 NANOSECOND', '', /Postgres counts microseconds/],
  ['3', 'interval', /does not become interval as it is/],
  ['-1', 'oid', /does not become oid/],
  ['5::UInt8', 'cidr', /does not become cidr/],
  ['5::UInt8', 'bytea', /does not become bytea/],
  ['[1, 2]', 'int4range', /does not become int4range/],
  ['1.5', 'money', /the server's language/],
  ["'ab'", '"char"', /cuts text off/],
  ['[sumState(1)]', '', /aggregate state/],
];

test.each(REFUSED)('%s does not get into %s unnoticed', async (value, type, message) => {
  const rule = type ? `columns: [{ name: x, type: '${type}' }]` : '';
  const sync = await definition(`syncs: [{ name: bad, source: bad, connection: api, table: bad, ${rule} }]`);
  const source = `(SELECT ${value} AS x)`;
  const run = runSync(sync, { clickhouse: place.clickhouse, postgresUrl: place.url, source, invocationId: 'bad' });
  await expect(run).rejects.toThrow(message);
  expect(await place.pg(`select relname from pg_class where relname like 'bad%'`)).toEqual([]);
});

test('text that Postgres refuses can be stripped', async () => {
  const sync = await definition(
    `syncs: [{ name: s, source: s, connection: api, table: stripped, columns: [{ name: x, invalid_text: strip }] }]`,
  );
  const source = "(SELECT 'a\\0b\\xffc\\\\u0000' AS x)";
  await runSync(sync, { clickhouse: place.clickhouse, postgresUrl: place.url, source, invocationId: 's' });
  expect(await place.pg('select x from stripped')).toEqual([['ab\ufffdc\\u0000']]);
});
