import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { runSync, type SyncDefinition, type SyncEvent, type SyncPhase } from '../../src/sync/index.ts';
import { bundle } from './support/bundle.ts';
import { definition } from './support/definition.ts';
import { openPlace, type Place } from './support/place.ts';

let place: Place;
let sync: SyncDefinition;

beforeAll(async () => {
  place = await openPlace();
  sync = await definition(`
syncs:
  - name: wide
    source: wide
    connection: api
    table: wide
    retry: { times: 0 }
    indexes: [{ columns: [id], unique: true }, { columns: [text] }]`);
  await place.ch(
    'CREATE TABLE dbt.wide (id UInt32, text String) ORDER BY id',
    'INSERT INTO dbt.wide SELECT number, randomPrintableASCII(200) FROM numbers(80000)',
  );
  await runSync(sync, deps());
});
afterAll(() => place?.close());

let runs = 0;
function deps(more: Partial<Parameters<typeof runSync>[1]> = {}) {
  runs += 1;
  return {
    clickhouse: place.clickhouse,
    postgresUrl: place.url,
    source: 'dbt.wide',
    invocationId: `fault ${runs}`,
    ...more,
  };
}

async function state(): Promise<unknown> {
  const [target] = await place.pg(
    `select 'wide'::regclass::oid, count(*)::int, (select count(*)::int from pg_indexes where tablename = 'wide') from wide`,
  );
  const temporary = await place.pg(`select relname from pg_class where relname like '%tsdbt%'`);
  return { target, temporary };
}

/** An index that takes longer to build, or to analyze, than any test: what would take for ever must be what was cancelled. */
const ENDLESS = { name: 'endless', columns: ['id'], unique: false, method: 'btree', where: 'public.dawdle(id)' };

test.each(['copy', 'index', 'vacuum'] as const)(
  'an abort in phase %s ends what is under way there and leaves nothing',
  async (phase) => {
    await place.pg(`create or replace function dawdle(bigint) returns boolean immutable language plpgsql as
      'begin if current_query() ~* ''${{ copy: '^never', index: '^create index', vacuum: '^vacuum' }[phase]}'' then perform pg_sleep(0.1); end if; return true; end'`);
    const before = await state();
    const abort = new AbortController();
    const emit = (event: SyncEvent) => {
      if (event.phase !== phase) return;
      if (phase === 'copy') abort.abort();
      else void underWay(phase === 'index' ? 'create index' : 'vacuum').then(() => abort.abort());
    };
    const endless = { ...sync, indexes: [...sync.indexes, ENDLESS] };
    await expect(runSync(endless, deps({ emit, signal: abort.signal }))).rejects.toMatchObject({
      code: 'TSD5002',
      message: 'sync wide was cancelled',
    });
    expect(await state()).toEqual(before);
  },
);

/** Postgres is at a statement of the sync that begins so. */
async function underWay(begin: string): Promise<void> {
  const sql = `select from pg_stat_activity where application_name = 'tsdbt sync wide' and query ilike '${begin}%'`;
  while ((await place.pg(sql)).length === 0) await sleep(10);
}

test.each(['copy', 'verify', 'index', 'vacuum', 'swap'] as const)(
  'a connection lost in phase %s leaves the target as it was, and the next sync succeeds',
  async (phase) => {
    const before = await state();
    // A reader keeps the swap from being done before the connection is cut.
    const reader = new pg.Client({ connectionString: place.url });
    await reader.connect();
    await reader.query('begin; select from wide limit 1');
    const emit = (event: SyncEvent) => {
      if (event.phase !== phase || event.status !== 'start') return;
      void place.pg(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tsdbt sync wide'`,
      );
    };
    await expect(runSync(sync, deps({ emit }))).rejects.toMatchObject({ code: 'TSD5002' });
    await reader.end();
    expect(await state()).toEqual(before);
  },
);

test.each(['copy', 'verify', 'index', 'vacuum', 'swap'])(
  'killed with -9 in phase %s, it leaves the target as it was, and the next sync sweeps and succeeds',
  async (phase) => {
    const script = await bundle(`
    import { runSync } from '${process.cwd()}/src/sync/index.ts';
    import { openDriver } from '${process.cwd()}/src/adapter/index.ts';
    const { sync, credentials, url } = JSON.parse(process.argv[2]);
    const clickhouse = await openDriver(credentials, { threads: 2 });
    await runSync(sync, { clickhouse, postgresUrl: url, source: 'dbt.wide', invocationId: 'killed',
      emit: (event) => { if (event.status === 'start') console.log(event.phase); } });
  `);
    onTestFinished(script.remove);
    const before = (await state()) as { target: unknown[] };
    const child = spawn(
      process.execPath,
      [script.file, JSON.stringify({ sync, credentials: place.credentials, url: place.url })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await reached(child, phase);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await lockIsFree();
    const { target } = (await state()) as { target: unknown[] };
    // The swap may have committed before the signal came: then another table stands there, as whole as the old one.
    expect(phase === 'swap' ? target.slice(1) : target).toEqual(
      phase === 'swap' ? before.target.slice(1) : before.target,
    );
    expect(await runSync(sync, deps())).toMatchObject({ rows: 80_000 });
    expect(await state()).toMatchObject({ temporary: [] });
  },
);

const LASTING = () => ({ ...sync, retry: { times: 2, delay: 0.2 } });

test.each(['copy', 'verify', 'index', 'vacuum', 'swap'] as const)(
  'after a connection lost in phase %s the sync goes on at this step',
  async (phase) => {
    const phases: SyncPhase[] = [];
    const emit = (event: SyncEvent) => {
      if (event.status !== 'start') return;
      phases.push(event.phase);
      if (event.phase !== phase || phases.filter((one) => one === phase).length > 1) return;
      void place.pg(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tsdbt sync wide'`,
      );
    };
    expect(await runSync(LASTING(), deps({ emit }))).toMatchObject({ rows: 80_000 });
    const order = ['plan', 'copy', 'verify', 'index', 'vacuum', 'swap'];
    expect(phases.filter((one, i) => one !== phases[i - 1])).toEqual(order);
    expect(await state()).toMatchObject({ target: [expect.anything(), 80_000, 2], temporary: [] });
  },
);

test('a row that Postgres cannot take is named by column, key and value', async () => {
  const rule = {
    name: 'text',
    expression: "if(id = 40000, concat('bad\\0', text), text)",
    invalid_text: 'fail' as const,
  };
  const before = await state();
  await expect(runSync({ ...LASTING(), key: ['id'], columns: [rule] }, deps())).rejects.toThrow(
    /first such row: column "text", id = 40000, value "bad\\\\0/,
  );
  expect(await state()).toEqual(before);
});

test('a Postgres that crashes and starts again in mid-swap does not stop the sync', async () => {
  let crashes = 0;
  const emit = (event: SyncEvent) => {
    if (event.phase !== 'swap' || event.status !== 'start' || crashes > 0) return;
    crashes += 1;
    // The server ends every session when one of its processes dies so, and recovers.
    process.kill(victim, 'SIGKILL');
  };
  const client = new pg.Client({ connectionString: place.url });
  client.on('error', () => {});
  await client.connect();
  const victim = (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number;
  const result = await runSync({ ...LASTING(), retry: { times: 5, delay: 0.5 } }, deps({ emit }));
  expect(result).toMatchObject({ rows: 80_000 });
  expect(crashes).toBe(1);
  await client.end().catch(() => {});
  await place.reconnect();
  expect(await state()).toMatchObject({ target: [expect.anything(), 80_000, 2], temporary: [] });
});

test('a role that may not do what it must is told so, and nothing has changed', async () => {
  await place.pg(`create role clerk login password 'clerk'; grant select on wide to clerk`);
  const before = await state();
  const url = new URL(place.url);
  url.username = 'clerk';
  url.password = 'clerk';
  await expect(runSync(sync, deps({ postgresUrl: url.href }))).rejects.toMatchObject({
    code: 'TSD5002',
    message: expect.stringMatching(/permission denied for schema public/),
  });
  url.password = 'wrong';
  const refused = runSync(sync, deps({ postgresUrl: url.href }));
  await expect(refused).rejects.toMatchObject({ code: 'TSD5003', message: expect.not.stringContaining('wrong') });
  expect(await state()).toEqual(before);
});

function reached(child: ChildProcess, phase: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => chunk.toString().split('\n').includes(phase) && resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code} before phase ${phase}`)));
  });
}

/** Postgres notices a dead client when it next writes to it; until then its session, and so its lock, is there. */
async function lockIsFree(): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const [row] = await place.pg(`select count(*)::int from pg_locks where locktype = 'advisory'`);
    if (row![0] === 0) return;
    await sleep(100);
  }
  throw new Error('the lock of a killed sync is still held');
}
