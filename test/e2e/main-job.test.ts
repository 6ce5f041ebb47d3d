import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureServer, type PrivateServer } from '../../src/adapter/index.ts';
import { ensurePostgres, type PostgresServer } from '../../src/sync/index.ts';
import { readExpected } from '../compare/stir/expected.ts';
import { tableDifferences, tablesOf } from '../compare/stir/tables.ts';
import { asOf, HOURS, MOMENTS, WORLD } from '../compare/stir/world.ts';
import { type Checkout, checkout } from './checkout.ts';

const BEFORE = asOf(MOMENTS[0]);
const AFTER = asOf(MOMENTS[1]);

let project: Checkout;
let server: PrivateServer;

beforeAll(async () => {
  project = checkout();
  server = await ensureServer({ dataDir: join(project.dir, 'project/.tsdbt/clickhouse'), label: 'the test' });
  await succeed(['run-operation', 'generate_sources', '--args', WORLD, '--vars', BEFORE]);
  await succeed(['build', '--vars', BEFORE]);
}, 240_000);

afterAll(async () => {
  await server?.release();
  await project?.remove();
}, 60_000);

describe('the main job', () => {
  it('builds and tests every model and writes what happened', () => {
    const { results } = artifact('run_results.json');
    expect(results.filter((one: { status: string }) => !['success', 'pass', 'no-op'].includes(one.status))).toEqual([]);
    expect(results.length).toBeGreaterThan(100);
  });

  it('leaves the tables that real dbt left: columns, engines, keys and rows', async () => {
    expect(tableDifferences(readExpected()[0], await tablesOf(server, 'dbt'))).toEqual([]);
  });

  it('runs just the models that tags select and exclusions leave', async () => {
    await succeed(['run', '--select', 'tag:core', '--exclude', 'tag:deprecated', '--vars', BEFORE]);
    const { nodes } = artifact('manifest.json');
    const wanted = Object.values<Model>(nodes)
      .filter(
        (node) => node.resource_type === 'model' && node.tags.includes('core') && !node.tags.includes('deprecated'),
      )
      .map((node) => node.unique_id);
    const ran = artifact('run_results.json').results.map((one: { unique_id: string }) => one.unique_id);
    expect(ran.sort()).toEqual(wanted.sort());
    expect(ran).toContain('model.gcc_social.mart_instagram_account');
    expect(Object.values<Model>(nodes).some((node) => node.tags.includes('deprecated'))).toBe(true);
  });

  it('compiles every model with a server and without one', async () => {
    await succeed(['compile', '--vars', BEFORE]);
    const compiled = compiledModels();
    expect(compiled.length).toBeGreaterThan(40);
    const env = { CLICKHOUSE_PORT: '1', CLICKHOUSE_HOST: '127.0.0.1' };
    const { stdout } = await succeed(['compile', '--target', 'dev', '--vars', BEFORE], env);
    expect(stdout).toContain('No ClickHouse can be reached');
    expect(compiledModels()).toEqual(compiled);
  });

  it('takes the incremental path after time has passed, and changes what must change and nothing else', async () => {
    const tables = [
      'mart_audience_info',
      'mart_linked_socials',
      'stg_coffee_brand',
      'mart_time_series',
      'mart_insta_account_weekly',
    ];
    const prints = async () =>
      new Map(await Promise.all(tables.map(async (t) => [t, await fingerprint(`dbt.${t}`)] as const)));
    const oldWeeks = "(select * from dbt.mart_insta_account_weekly where date < '2026-06-15')";
    const oldMonths = "(select * from dbt.mart_instagram_leaderboard where month < '2026-06-01')";
    const closed = [oldWeeks, oldMonths];
    await command('create table posts_before engine = Memory as select * from dbt.stg_beat_instagram_post final');
    const before = await prints();
    const closedBefore = await Promise.all(closed.map(fingerprint));
    const posts = await number('select count() from dbt.stg_beat_instagram_post final');
    const updatedIds = await number(LATE_UPDATES);
    await succeed(['run-operation', 'advance', '--args', `{hours: ${HOURS}}`, '--vars', BEFORE]);
    await succeed(['build', '--vars', AFTER]);

    expect(tableDifferences(readExpected()[1], await tablesOf(server, 'dbt'))).toEqual([]);
    const after = await prints();
    for (const same of ['mart_audience_info', 'mart_linked_socials', 'stg_coffee_brand']) {
      expect(after.get(same), same).toEqual(before.get(same));
    }
    for (const other of ['mart_time_series', 'mart_insta_account_weekly']) {
      expect(after.get(other), other).not.toEqual(before.get(other));
    }
    expect(await number('select count() from dbt.stg_beat_instagram_post final')).toBeGreaterThan(posts);
    expect(await number(LATE_UPDATES)).toBeGreaterThan(updatedIds);
    expect(await Promise.all(closed.map(fingerprint))).toEqual(closedBefore);
    expect(await number(POSTS_THAT_MUST_NOT_CHANGE_AND_DID)).toBe(0);
    const ran = readFileSync(join(project.dir, 'project/target/compiled/gcc_social', POST_MODEL), 'utf8');
    expect(ran).toMatch(/max\(updated_at\)/);
  }, 300_000);
});

describe('all syncs', () => {
  it('arrive whole, each in its own mode, and are told in an artifact of their own', async () => {
    await succeed(['sync', 'run', '--vars', AFTER]);
    const { syncs, results } = artifact('tsdbt_syncs.json');
    expect(Object.keys(syncs)).toHaveLength(15);
    const unlike = results.filter((one: SyncResult) => one.status !== 'success' || !(one.rows > 0));
    expect(unlike).toEqual([]);
    expect(results).toHaveLength(15);
    expect(new Set(Object.values<{ mode: string }>(syncs).map(({ mode }) => mode))).toEqual(
      new Set(['swap', 'upsert', 'mirror']),
    );
    for (const { unique_id, rows } of results as SyncResult[]) {
      const [mart] = syncs[unique_id].depends_on.nodes as string[];
      expect([unique_id, rows]).toEqual([
        unique_id,
        await number(`select count() from dbt.${mart!.split('.').at(-1)}`),
      ]);
    }
    expect(JSON.stringify(artifact('manifest.json'))).not.toContain('sync.gcc_social');
  }, 120_000);

  it('are nodes that selection reaches, and lines that a shell reads', async () => {
    const names = async (...args: string[]) =>
      (await succeed(['sync', 'ls', '--output', 'name', ...args])).stdout.trim().split('\n');
    expect(await names('--select', '+mart_leaderboard+')).toEqual(['leaderboard', 'leaderboard_staging']);
    expect(await names('--select', '1+leaderboard')).toEqual(['instagram_account', 'youtube_account', 'leaderboard']);
    expect(await names('--select', 'tag:collections', '--exclude', 'sync:*_ts')).toEqual([
      'collection_post_metrics_summary',
      'collection_post',
    ]);
    expect((await project.run(['sync', 'run', 'orders', '--select', 'leaderboard'])).code).toBe(2);
  }, 60_000);

  it('are planned without a change, and rolled back', async () => {
    const plan = await succeed(['sync', 'plan', 'post_location', '--vars', AFTER]);
    expect(plan.stdout).toMatch(
      /^post_location -> public\.post_location \(swap, binary COPY\)\n {2}a new table takes its place\n/,
    );
    await succeed(['sync', 'run', 'post_location', '--vars', AFTER]);
    await succeed(['sync', 'rollback', 'post_location', '--vars', AFTER]);
    const [result] = artifact('tsdbt_syncs.json').results as SyncResult[];
    expect(result).toMatchObject({ unique_id: 'sync.gcc_social.post_location', status: 'success' });
  }, 60_000);

  it('that fail are results: what looks their table up is skipped, the others run', async () => {
    await command('rename table dbt.mart_youtube_account to dbt.elsewhere');
    const ended = await project.run([
      'sync',
      'run',
      '--select',
      '+leaderboard',
      'orders',
      '--no-wait',
      '--vars',
      AFTER,
    ]);
    await command('rename table dbt.elsewhere to dbt.mart_youtube_account');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('mart_youtube_account');
    const statuses = artifact('tsdbt_syncs.json').results.map((one: SyncResult) => [
      one.unique_id.split('.').at(-1),
      one.status,
    ]);
    expect(statuses).toEqual([
      ['instagram_account', 'success'],
      ['youtube_account', 'error'],
      ['leaderboard', 'skipped'],
      ['orders', 'success'],
    ]);
  }, 60_000);
});

describe('three syncs under a reader', () => {
  it('show the old rows or the new rows, nothing else', async () => {
    await succeed(['sync', 'run', 'leaderboard', '--vars', AFTER]);
    const postgres = await ensurePostgres({ stateDir: join(project.dir, 'project/.tsdbt') });
    const reader = new pg.Client({ connectionString: postgres.url });
    await reader.connect();
    try {
      const { seen, whole } = await readDuring(reader, postgres, async () => {
        for (const step of [1, 2, 3]) {
          await command(
            `alter table dbt.mart_leaderboard update followers = followers + ${step} where 1 settings mutations_sync = 2`,
          );
          await succeed(['sync', 'run', 'leaderboard', '--vars', AFTER]);
        }
      });
      expect(whole.size).toBe(4);
      expect([...seen].filter((one) => !whole.has(one))).toEqual([]);
    } finally {
      await reader.end();
      await postgres.release();
    }
  }, 120_000);

  it('enrich at least nine of ten platform ids', async () => {
    const postgres = await ensurePostgres({ stateDir: join(project.dir, 'project/.tsdbt') });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      const { rows } = await client.query(
        'select count(distinct platform_id) filter (where platform_profile_id is not null)::float8 / count(distinct platform_id) as share from leaderboard',
      );
      expect(rows[0].share).toBeGreaterThanOrEqual(0.9);
    } finally {
      await client.end();
      await postgres.release();
    }
  }, 60_000);
});

interface SyncResult {
  readonly unique_id: string;
  readonly status: string;
  readonly rows: number;
}

interface Model {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly tags: readonly string[];
}

const POST_MODEL = 'models/staging/beat/stg_beat_instagram_post.sql';
/** Of posts last updated more than four hours before the first build, no row may differ from what it was. */
const POSTS_THAT_MUST_NOT_CHANGE_AND_DID =
  "select count() from (select * from dbt.stg_beat_instagram_post final where updated_at < '2026-06-30 08:00:00' except select * from posts_before)";
const LATE_UPDATES =
  'select count() from dbt.stg_beat_instagram_post final where updated_at > publish_time + interval 1 day';

async function succeed(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ended = await project.run(args, env);
  expect(ended, `${args.join(' ')}\n${ended.stdout.slice(-3000)}${ended.stderr}`).toMatchObject({ code: 0 });
  return ended;
}

function artifact(name: string) {
  return JSON.parse(readFileSync(join(project.dir, 'project/target', name), 'utf8'));
}

function compiledModels(): string[] {
  const { nodes } = artifact('manifest.json');
  return Object.values<Model & { compiled?: boolean }>(nodes)
    .filter((node) => node.resource_type === 'model' && node.compiled === true)
    .map((node) => node.unique_id)
    .sort();
}

async function command(sql: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  const answer = await fetch(server.url, { method: 'POST', headers: { authorization }, body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.trim();
}

async function number(sql: string): Promise<number> {
  return Number(await command(sql));
}

/** Rows and a hash over all of them, whatever their order. */
async function fingerprint(from: string): Promise<string[]> {
  return (await command(`select count(), sum(cityHash64(toString(tuple(*)))) from ${from}`)).split('\t');
}

/** What a reader saw at any moment of the work, and what it would see of whole tables: before it and after each step. */
async function readDuring(reader: pg.Client, postgres: PostgresServer, work: () => Promise<void>) {
  const sql = 'select count(*)::text || chr(32) || coalesce(sum(followers), 0)::text as print from leaderboard';
  const print = async (client: pg.Client): Promise<string> => (await client.query(sql)).rows[0].print;
  const seen = new Set<string>();
  const whole = new Set([await print(reader)]);
  const base = await command(
    'select sum(followers), countIf(followers is not null), count() from dbt.mart_leaderboard',
  );
  const [sum, known, rows] = base.split('\t').map(Number) as [number, number, number];
  for (const added of [1, 3, 6]) whole.add(`${rows} ${sum + added * known}`);
  let reading = true;
  const loop = (async () => {
    while (reading) seen.add(await print(reader));
  })();
  await work();
  const last = new pg.Client({ connectionString: postgres.url });
  await last.connect();
  seen.add(await print(last));
  await last.end();
  reading = false;
  await loop;
  expect(seen.size).toBeGreaterThan(1);
  return { seen, whole };
}
