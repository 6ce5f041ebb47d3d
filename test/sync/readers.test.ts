import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSync } from '../../src/sync/index.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.close());

const ROWS = 2000;
const SWAPS = 20;

async function fill(generation: number): Promise<void> {
  await place.ch(
    'CREATE OR REPLACE TABLE dbt.watched (id Int32, generation Int32) ORDER BY id',
    `INSERT INTO dbt.watched SELECT number, ${generation} FROM numbers(${ROWS})`,
  );
}

/** Asks every millisecond until told to stop; what it saw, and its longest wait in ms. A failure of a query is a failure of the test. */
function reader(table: string) {
  let reading = true;
  const seen = new Set<string>();
  const work = async () => {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    let slowest = 0;
    while (reading) {
      const start = performance.now();
      const { rows } = await client.query(
        `select count(*) || ' ' || min(generation) || ' ' || max(generation) as saw from ${table}`,
      );
      slowest = Math.max(slowest, performance.now() - start);
      seen.add(rows[0].saw);
      await sleep(1);
    }
    await client.end();
    return { seen, slowest };
  };
  const done = work();
  return {
    stop: () => {
      reading = false;
      return done;
    },
  };
}

/** A report that reads the table for four seconds. */
async function report(): Promise<void> {
  const client = new pg.Client({ connectionString: place.url, application_name: 'report' });
  await client.connect();
  await client.query('begin; select count(*) from watched; select pg_sleep(4); commit');
  await client.end();
}

test('a reader over 20 swaps, with a 4 s report beside it, sees whole tables only and never waits for a swap', async () => {
  const watched = await definition(`
syncs:
  - { name: watched, source: watched, connection: api, table: watched, key: [id], indexes: [{ columns: [id], unique: true }] }`);
  const sync = async (generation: number) => {
    await fill(generation);
    const invocationId = `readers ${generation}`;
    await runSync(watched, {
      clickhouse: place.clickhouse,
      postgresUrl: place.url,
      source: 'dbt.watched',
      invocationId,
    });
  };
  await sync(0);
  await place.pg('create table other as select * from watched');
  const [watching, control] = [reader('watched'), reader('other')];
  const reports: Promise<void>[] = [];
  for (let generation = 1; generation <= SWAPS; generation++) {
    if (generation % 8 === 4) reports.push(report());
    await sync(generation);
  }
  await Promise.all(reports);
  const { seen, slowest } = await watching.stop();
  // What the machine itself makes a reader wait shows in one that reads a table which nobody swaps.
  const { slowest: own } = await control.stop();
  const whole = Array.from({ length: SWAPS + 1 }, (_, generation) => `${ROWS} ${generation} ${generation}`);
  expect([...seen].filter((one) => !whole.includes(one))).toEqual([]);
  expect(seen.size).toBeGreaterThan(SWAPS / 2);
  expect(slowest - own).toBeLessThan(300);
}, 120_000);
