import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { runSync, type SyncDefinition } from '../../src/sync/index.ts';
import { bundle } from './support/bundle.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.close());

const ROWS = 20_000;

async function fill(table: string, generation: number): Promise<void> {
  await place.ch(
    `CREATE OR REPLACE TABLE dbt.${table} (id UInt32, generation Int32, text String) ORDER BY id`,
    `INSERT INTO dbt.${table} SELECT number, ${generation}, randomPrintableASCII(200) FROM numbers(${ROWS})`,
  );
}

function run(sync: SyncDefinition, invocationId: string) {
  const { clickhouse, url: postgresUrl } = place;
  return runSync(sync, { clickhouse, postgresUrl, source: `dbt.${sync.name}`, invocationId });
}

const saw = async (table: string) =>
  (await place.pg(`select count(*) || ' of ' || string_agg(distinct generation::text, ',') from ${table}`))[0]![0];

test.each(['upsert', 'mirror'])(
  'killed with -9 in a merge (%s), nothing is half, and the next sync brings the rest',
  async (mode) => {
    const sync = await definition(
      `syncs: [{ name: merged_${mode}, source: x, connection: api, table: merged_${mode}, mode: ${mode}, key: [id] }]`,
    );
    await fill(sync.name, 0);
    await run(sync, 'first');
    // The merge takes its time, so that the signal comes within it.
    await place.pg(`create function slow_${mode}() returns trigger language plpgsql as 'begin perform pg_sleep(0.001); return new; end';
    create trigger slow before update on ${sync.table.name} for each row execute function slow_${mode}()`);
    await fill(sync.name, 1);
    const script = await bundle(`
    import { runSync } from '${process.cwd()}/src/sync/index.ts';
    import { openDriver } from '${process.cwd()}/src/adapter/index.ts';
    const { sync, credentials, url } = JSON.parse(process.argv[2]);
    const clickhouse = await openDriver(credentials, { threads: 2 });
    await runSync(sync, { clickhouse, postgresUrl: url, source: 'dbt.' + sync.name, invocationId: 'killed',
      emit: (event) => { if (event.phase === 'merge') console.log('merge'); } });
  `);
    onTestFinished(script.remove);
    const given = JSON.stringify({ sync, credentials: place.credentials, url: place.url });
    const child = spawn(process.execPath, [script.file, given], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await sleep(300);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    // Postgres notices when it next writes to the dead client, or looks for it.
    for (let i = 0; i < 600; i++) {
      const [[locks]] = (await place.pg(`select count(*)::int from pg_locks where locktype = 'advisory'`)) as [
        [number],
      ];
      if (locks === 0) break;
      await sleep(100);
    }
    expect([`${ROWS} of 0`, `${ROWS} of 1`]).toContain(await saw(sync.table.name));
    await place.pg(`drop trigger slow on ${sync.table.name}`);
    await run(sync, 'next');
    expect(await saw(sync.table.name)).toBe(`${ROWS} of 1`);
    expect(await place.pg(`select relname from pg_class where relname ~ '__tsdbt_'`)).toEqual([]);
  },
  120_000,
);

/** A tablespace of so many MB; undefined where this machine lets us mount none. */
async function smallDisk(megabytes: number): Promise<string | undefined> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-disk-'));
  const [[data]] = (await place.pg(`select current_setting('data_directory')`)) as [[string]];
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', dir]);
  if (mounted.status !== 0) {
    rmSync(dir, { recursive: true });
    return undefined;
  }
  const { uid, gid } = statSync(data);
  chownSync(dir, uid, gid);
  onTestFinished(async () => {
    await place.pg(`drop table if exists disked cascade; drop table if exists disked_old_bkp cascade`);
    await place.pg('drop tablespace small');
    spawnSync('umount', [dir]);
    rmSync(dir, { recursive: true, force: true });
  });
  await place.pg(`create tablespace small location '${dir}'`);
  return dir;
}

test('a full disk keeps the old table; a table and its indexes stay in their tablespaces', async (context) => {
  if ((await smallDisk(14)) === undefined) return context.skip('no file system can be mounted here');
  const sync = await definition(
    `syncs: [{ name: disked, source: x, connection: api, table: disked, backup: { keep: 0 }, indexes: [{ columns: [id], unique: true }] }]`,
  );
  await place.pg(`create table disked (id bigint, generation int, text text) tablespace small;
    create index by_generation on disked (generation) tablespace small`);
  await fill('disked', 0);
  await run(sync, 'fits');
  const places = `select c.relname, t.spcname from pg_class c left join pg_tablespace t on t.oid = c.reltablespace where c.relname in ('disked', 'by_generation', 'disked_id_key') order by 1`;
  expect(await place.pg(places)).toEqual([
    ['by_generation', 'small'],
    ['disked', 'small'],
    ['disked_id_key', null],
  ]);
  await place.ch(`INSERT INTO dbt.disked SELECT number + ${ROWS}, 1, randomPrintableASCII(200) FROM numbers(40000)`);
  await expect(run(sync, 'full')).rejects.toMatchObject({
    code: 'TSD5002',
    message: expect.stringMatching(/No space left on device/),
  });
  expect(await saw('disked')).toBe(`${ROWS} of 0`);
  expect(await place.pg(`select relname from pg_class where relname ~ '__tsdbt_'`)).toEqual([]);
  await fill('disked', 2);
  await run(sync, 'fits again');
  expect(await saw('disked')).toBe(`${ROWS} of 2`);
});
