import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSync, type SyncDefinition, type SyncEvent, type SyncPhase } from '../../src/sync/index.ts';
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

const ROWS = 3000;
/** `npm run soak:faults` runs 200. */
const FAULTS = Number(process.env['TSDBT_FAULTS'] ?? 40);

/** Numbers below `n` from a seed, the same in every run. */
function randomFrom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const yaml = (mode: string, rule: string) => `
syncs:
  - name: faulty
    source: faulty
    connection: api
    table: faulty_${mode}
    mode: ${mode === 's3' ? 'swap' : mode}
    transport: ${mode === 's3' ? '{ s3: marts }' : 'stream'}
    key: [id]
    indexes: [{ columns: [id], unique: true }]
    timeouts: { swap: 0.3 }
    retry: { times: ${mode === 'mirror' ? 1 : 0}, delay: 0.05 }
    columns: [{ name: text${rule} }]`;

async function fill(mode: string, generation: number): Promise<void> {
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.faulty_${mode} (id Int32, generation Int32, text String) ORDER BY id`,
    // Mirrors must lose rows too: each generation has ids of its own beside the common ones.
    `INSERT INTO dbt.faulty_${mode} SELECT number + if(number < 100, -1000 * ${generation}, 0), ${generation}, randomPrintableASCII(100) FROM numbers(${ROWS})`,
  );
}

/** Rows of bad data, by what Postgres or ClickHouse makes of them. */
const BAD_ROWS = [
  (row: number) => `, expression: "if(id = ${row}, concat(text, '\\\\0'), text)"`,
  (row: number) => `, expression: "if(id = ${row}, unhex('ff'), text)"`,
  (row: number) => `, expression: "if(id = ${row}, throwIf(id = ${row}, 'bad row')::String, text)"`,
  (row: number) => `, expression: "if(id = ${row}, text, '')", type: "varchar(99)"`,
];

const PHASES: readonly SyncPhase[] = ['plan', 'stage', 'copy', 'verify', 'index', 'vacuum', 'swap', 'merge'];

async function whatIsThere(mode: string): Promise<string> {
  const [[saw]] = (await place.pg(
    `select count(*) || ' of ' || coalesce(string_agg(distinct generation::text, ','), '') from faulty_${mode}`,
  )) as [[string]];
  return saw;
}

async function leftOver(): Promise<unknown[][]> {
  return place.pg(`select relname from pg_class where relname like '%\\_\\_tsdbt%'`);
}

/** The session of a sync that was ended may still be rolling back. */
async function settled(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const [row] = await place.pg(`select count(*)::int from pg_locks where locktype = 'advisory'`);
    if (row![0] === 0) return;
    await sleep(50);
  }
  throw new Error('the lock of a sync that has ended is still held');
}

test(
  `${FAULTS} seeded faults over all phases: nothing lost, nothing half, nothing left over`,
  async () => {
    const random = randomFrom(20_261_122);
    const outcomes = { failed: 0, succeeded: 0 };
    const generations: Record<string, number> = {};
    const modes = ['swap', 'mirror', 's3'];
    for (const mode of modes) {
      generations[mode] = 0;
      await fill(mode, 0);
      await run(await definition(yaml(mode, '')), mode, 'first');
    }
    for (let fault = 0; fault < FAULTS; fault++) {
      const mode = modes[fault % modes.length]!;
      const old = generations[mode]!;
      const next = fault + 1;
      await fill(mode, next);
      const said = await withFault(mode, random, `fault ${fault}`);
      await settled();
      const now = await whatIsThere(mode);
      const failed = said !== undefined;
      expect([`${ROWS} of ${old}`, `${ROWS} of ${next}`], `fault ${fault}: ${said}`).toContain(now);
      if (!failed) expect(now).toBe(`${ROWS} of ${next}`);
      expect(await leftOver(), `fault ${fault}: ${said}`).toEqual([]);
      generations[mode] = now === `${ROWS} of ${next}` ? next : old;
      outcomes[failed ? 'failed' : 'succeeded'] += 1;
    }
    // Faults that come too late are no faults; there must be enough of the others.
    expect(outcomes.failed).toBeGreaterThan(FAULTS / 5);
    for (const mode of modes) {
      await fill(mode, 1000);
      await run(await definition(yaml(mode, '')), mode, 'last');
      expect(await whatIsThere(mode)).toBe(`${ROWS} of 1000`);
    }
  },
  FAULTS * 10_000,
);

function run(sync: SyncDefinition, mode: string, invocationId: string, more: object = {}) {
  const { clickhouse, url: postgresUrl } = place;
  const stage = bucket.access;
  return runSync(sync, { clickhouse, postgresUrl, stage, source: `dbt.faulty_${mode}`, invocationId, ...more });
}

/** Runs one sync into one fault. What it said when it failed. */
async function withFault(
  mode: string,
  random: (n: number) => number,
  invocationId: string,
): Promise<string | undefined> {
  const kind = random(mode === 's3' ? 6 : 5);
  const rule = kind === 0 ? BAD_ROWS[random(BAD_ROWS.length)]!(100 + random(ROWS - 100)) : '';
  const sync = await definition(yaml(mode, rule));
  const phase = random(3) === 0 && mode === 's3' ? 'stage' : PHASES[random(PHASES.length)];
  const wait = random(30);
  const abort = new AbortController();
  const pending: Promise<unknown>[] = [];
  const strike = async () => {
    await sleep(wait);
    if (kind === 1) abort.abort();
    if (kind === 2) await terminate();
    if (kind === 3) await place.ch(`KILL QUERY WHERE query LIKE '%faulty_${mode}%' AND query NOT LIKE '%KILL%' ASYNC`);
    // Twice, so that the one that cleans up is hit as well.
    if (kind === 5) bucket.clear();
    if (kind === 4) for (let i = 0; i < 2; i++) await terminate();
  };
  const emit = (event: SyncEvent) => {
    if (event.phase === phase && event.status === 'start') pending.push(strike());
  };
  try {
    await run(sync, mode, invocationId, { emit, signal: abort.signal });
    return undefined;
  } catch (error) {
    expect((error as { code?: string }).code, String(error)).toMatch(/^TSD/);
    return (error as Error).message;
  } finally {
    await Promise.all(pending);
  }
}

async function terminate(): Promise<void> {
  await place.pg(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'tsdbt %'`);
}
