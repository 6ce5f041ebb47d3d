import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSync } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
  await place.ch(
    `CREATE TABLE dbt.figures (id UInt64, whole Nullable(Int32), price Decimal(18, 4), rate Float64, name String, at DateTime64(3, 'Asia/Kolkata'), day Date, good Bool, tags Array(String)) ORDER BY id`,
    `INSERT INTO dbt.figures SELECT number, if(number % 3 = 0, NULL, number), number / 100, number / 7, 'n' || toString(number), now64(3) + number, today() - number, number % 2 = 0, ['a', 'b'] FROM numbers(1000)`,
  );
});
afterAll(() => place?.close());

const FIGURES = `
syncs:
  - { name: figures, source: figures, connection: api, table: figures, columns: [{ name: id, type: bigint }] }`;

let runs = 0;
/** `spoil`: what the export, and it alone, takes for the source. */
async function sync(spoil = 'dbt.figures'): Promise<void> {
  runs += 1;
  const clickhouse: typeof place.clickhouse = Object.create(place.clickhouse, {
    exportStream: {
      value: (sql: string, options: object) =>
        place.clickhouse.exportStream(sql.replace('FROM dbt.figures', `FROM ${spoil}`), options),
    },
  });
  const deps = { clickhouse, postgresUrl: place.url, source: 'dbt.figures', invocationId: `figures ${runs}` };
  await runSync(await definition(FIGURES), deps);
}

test('figures that agree let the table in', async () => {
  await sync();
  expect(await place.pg('select count(*)::int from figures')).toEqual([[1000]]);
});

test.each([
  ['price', 'price + if(id = 5, toDecimal64(0.0001, 4), 0)', /sum of "price"/],
  ['whole', 'if(id = 7, NULL, whole)', /values of "whole".*\n.*sum of "whole"/],
  ['rate', 'if(id = 999, 1e6, rate)', /max of "rate": 142.71428571428572 in ClickHouse, 1000000 in Postgres/],
  ['name', "concat(name, if(id = 1, '!', ''))", /length in bytes of "name"/],
  ['at', 'at + if(id = 999, INTERVAL 4 HOUR, INTERVAL 0 HOUR)', /max of "at"/],
  ['good', 'good OR id = 1', /true values of "good"/],
  ['tags', "if(id = 1, ['a'], tags)", /elements of "tags"/],
])('a value of %s that changes on its way keeps the old table', async (column, expression, message) => {
  const before = await place.pg(`select 'figures'::regclass::oid`);
  const spoilt = `(SELECT * REPLACE (${expression} AS ${column}) FROM dbt.figures)`;
  await expect(sync(spoilt)).rejects.toThrow(message);
  expect(await place.pg(`select 'figures'::regclass::oid`)).toEqual(before);
});

test('the figures of every column are the same on both sides, also where rows are NULL, NaN or infinite', async () => {
  await place.ch(
    "INSERT INTO dbt.figures SELECT 18446744073709551615 % 9223372036854775807 + number, NULL, -1, [nan, inf, -inf][number + 1], '', '1950-01-01 00:00:00', '1970-01-01', false, [] FROM numbers(3)",
  );
  await sync();
  expect(await place.pg('select count(*)::int from figures')).toEqual([[1003]]);
});
