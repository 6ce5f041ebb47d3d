import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSync } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
  await place.ch(
    `CREATE TABLE dbt.odd (id Int32, kind String, text Nullable(String), big Nullable(Int64), price Decimal(18, 4), flag UInt8) ORDER BY id`,
    `INSERT INTO dbt.odd SELECT number, 'k', 'fine', number, 1, 0 FROM numbers(5000)`,
    `INSERT INTO dbt.odd VALUES (7001, 'nul', concat('a', char(0), 'b'), 1, 1, 0), (7002, 'broken', unhex('61ff'), 1, 1, 0), (7003, 'range', 'x', 40000, 1, 0),
      (7004, 'digits', 'x', 1, 12345.5, 0), (7005, 'long', repeat('long ', 100), 1, 1, 0), (7006, 'null', NULL, 1, 1, 0), (7007, 'flag', 'x', 1, 1, 7)`,
  );
});
afterAll(() => place?.close());

const ALL = ['nul', 'broken', 'range', 'digits', 'long', 'null', 'flag'];
const CASES: readonly [kind: string, said: RegExp][] = [
  ['nul', /column "text", id = 7001, kind = nul, value "a\\\\0b"/],
  ['broken', /column "text", id = 7002, kind = broken, value "a�"/],
  ['range', /column "big", id = 7003, kind = range, value "40000"/],
  ['digits', /numeric field overflow[\s\S]*column "price", id = 7004, kind = digits, value "12345\.5"/],
  ['long', /value too long[\s\S]*column "text", id = 7005, kind = long, value "(long ){12}"$/],
  ['null', /null value in column "text"[\s\S]*column "text", id = 7006, kind = null, value "NULL"/],
  ['flag', /only 0 and 1 are boolean[\s\S]*column "flag", id = 7007, kind = flag, value "7"/],
];

test.each(CASES.flatMap(([kind, said]) => (['binary', 'text'] as const).map((format) => ({ kind, said, format }))))(
  'a row that Postgres cannot take is told by column, key and value: $kind as $format',
  async ({ kind, said, format }) => {
    await place.pg(`drop table if exists odd; create table odd (id int primary key, kind text, text varchar(400) not null,
      big smallint, price numeric(8, 4), flag boolean); insert into odd values (1, 'before', '', 1, 1, true)`);
    const others = ALL.filter((one) => one !== kind).map((one) => `'${one}'`);
    const odd = await definition('syncs: [{ name: odd, source: odd, connection: api, table: odd, key: [id, kind] }]');
    const source = `(SELECT * FROM dbt.odd WHERE kind NOT IN (${others.join(', ')}))`;
    const run = runSync(odd, {
      clickhouse: place.clickhouse,
      postgresUrl: place.url,
      source,
      invocationId: `${kind} ${format}`,
      format,
    });
    const text = format === 'text' && kind === 'flag' ? /column "flag", id = 7007, kind = flag, value "7"/ : said;
    await expect(run).rejects.toMatchObject({ code: 'TSD5002', message: expect.stringMatching(text) });
    expect(await place.pg('select kind from odd')).toEqual([['before']]);
  },
);

const TEXTS: readonly [value: string, type: string, said: RegExp][] = [
  ["'12/31/x'", 'date', /column "text", id = 10, value "12\/31\/x"$/],
  ["'one'", 'int', /column "text", id = 10, value "one"$/],
  ["''", 'bigint', /column "text", id = 10, value ""$/],
  ["'1,5'", 'numeric', /column "text", id = 10, value "1,5"$/],
  ["'tab\\there'", 'uuid', /column "text", id = 10, value "tab\\there"$/],
  ["repeat('x', 300)", 'inet', /column "text", id = 10, value "x{60}"$/],
  ["'{not json'", 'jsonb', /column "text", id = 10, value "\{not json"$/],
  ["'{1,a}'", 'int[]', /column "text", id = 10, value "\{1,a\}"$/],
  ["'-1'", 'positive', /violates check constraint[\s\S]*column "text", id = 10, value "-1"$/],
];

test.each(TEXTS)(
  'text that Postgres cannot read is told by column, key and value: %s as %s',
  async (value, type, said) => {
    await place.pg(
      `do 'begin create domain positive as int check (value > 0); exception when duplicate_object then null; end'`,
    );
    // The first by its key is 10: not by the key's text, and not by the order of the rows.
    const source = `(SELECT arrayJoin([100, 9, 10, 11]) AS id, if(id IN (10, 100), ${value}, NULL) AS text)`;
    const read = await definition(
      `syncs: [{ name: read, source: x, connection: api, table: read, key: [id], columns: [{ name: text, type: "${type}" }] }]`,
    );
    const { clickhouse, url: postgresUrl } = place;
    const run = runSync(read, { clickhouse, postgresUrl, source, invocationId: 'read' });
    await expect(run).rejects.toMatchObject({ code: 'TSD5002', message: expect.stringMatching(said) });
  },
);
