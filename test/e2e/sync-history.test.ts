import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensurePostgres, type PostgresServer, postgresStatus, stopPostgres } from '../../src/sync/index.ts';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;
let postgres: PostgresServer;
let client: pg.Client;

const SYNC = (more: string) => `
syncs:
  - name: board
    source: ref('board')
    connection: api
    table: board
    backup: { keep: 2 }
    ${more}
`;

beforeAll(async () => {
  project = await smallProject({
    'models/board.sql': `{{ config(materialized='table') }} select number as id, {{ var('generation', 1) }} as generation from numbers(100)`,
    'models/broken.sql': "{{ config(materialized='table') }} select throwIf(number = 1) as x from numbers(2)",
    'syncs/board.yml': SYNC('wait_for: { built_within: 1 h, limit: 0 }'),
    'profiles.yml': `small:
  target: dev
  outputs:
    dev: {type: clickhouse, schema: main, threads: 4, embedded: {path: .tsdbt/clickhouse}}
    api: {type: postgres, url: "{{ env_var('TSDBT_PG_URL') }}"}
`,
  });
  postgres = await ensurePostgres({ stateDir: join(project.dir, '.tsdbt'), env: { ...process.env, TSDBT_PG_URL: '' } });
  client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client?.end();
  const stateDir = join(project.dir, '.tsdbt');
  const { dataDir } = await postgresStatus({ stateDir });
  await stopPostgres({ stateDir });
  rmSync(dirname(dataDir), { recursive: true, force: true });
  await project?.remove();
});

const tsdbt = (...args: string[]) => project.run(args, { TSDBT_PG_URL: postgres.url });

const generations = async () =>
  (
    await client.query(`select relname, (xpath('//g/text()', query_to_xml(format('select max(generation) as g from %I', relname), false, true, '')))[1]::text as g
      from pg_class where relname like 'board%' and relkind = 'r' order by 1`)
  ).rows.map(({ relname, g }) => `${relname} ${g}`);

test('a build adds its nodes to the history in one statement, once the table is there', async () => {
  const first = await tsdbt('run', '--select', 'board');
  expect(first.code).toBe(0);
  expect((await tsdbt('run')).code).toBe(1);
  const rows = await project.rows(
    'SELECT node, relation, status, command, project, target, finished_at <= now64(3), seconds > 0 FROM tsdbt.run_history ORDER BY recorded_at, node',
  );
  const shared = ['small', 'dev', true, true];
  expect(rows.map((row) => row.map((value) => (value === 1 ? true : value)))).toEqual([
    ['model.small.board', 'main.board', 'success', 'run', ...shared],
    ['model.small.board', 'main.board', 'success', 'run', ...shared],
    ['model.small.broken', 'main.broken', 'error', 'run', ...shared],
  ]);
  const statements = await project.rows(
    `SELECT count() FROM system.query_log WHERE type = 'QueryFinish' AND has(tables, 'tsdbt.run_history') AND query_kind = 'Insert'`,
  );
  expect(Number(statements[0]![0])).toBeLessThanOrEqual(2);
}, 120_000);

test('wait_for goes by the last success of the model, not by its table', async () => {
  expect((await tsdbt('sync', 'run')).code).toBe(0);
  await project.rows(`CREATE TABLE tsdbt.kept AS tsdbt.run_history`);
  await project.rows(
    `INSERT INTO tsdbt.kept SELECT * REPLACE (finished_at - INTERVAL 3 HOUR AS finished_at) FROM tsdbt.run_history`,
  );
  await project.rows('EXCHANGE TABLES tsdbt.kept AND tsdbt.run_history');
  const late = await tsdbt('sync', 'run');
  expect(late.code).toBe(1);
  expect(late.stdout).toMatch(/wants it built within 1 h: board \(built 3 h ago\)/);
  expect((await tsdbt('run', '--select', 'board', '--empty')).code).toBe(0);
  expect((await tsdbt('sync', 'run')).code).toBe(1);
  expect((await tsdbt('run', '--select', 'board')).code).toBe(0);
  expect((await tsdbt('sync', 'run')).code).toBe(0);
}, 240_000);

test('as many backups as the definition wants are kept, and each can come back', async () => {
  for (const generation of [3, 4]) {
    await tsdbt('run', '--select', 'board', '--vars', `generation: ${generation}`);
    expect((await tsdbt('sync', 'run', '--no-wait')).code).toBe(0);
  }
  expect(await generations()).toEqual(['board 4', 'board_old_bkp 3', 'board_old_bkp_2 1']);
  expect((await tsdbt('sync', 'rollback', 'board', '--to', '2')).code).toBe(0);
  expect(await generations()).toEqual(['board 1', 'board_old_bkp 4', 'board_old_bkp_2 3']);
  expect((await tsdbt('sync', 'rollback', 'board')).code).toBe(0);
  expect(await generations()).toEqual(['board 4', 'board_old_bkp 1', 'board_old_bkp_2 3']);
  expect((await tsdbt('sync', 'rollback', 'board', '--to', '3')).stdout).toMatch(/there is no public\.board_old_bkp_3/);
}, 240_000);

test('status, history and clean say what there is', async () => {
  await client.query('create table board__tsdbt_0123456789ab (n int)');
  const { stdout } = await tsdbt('sync', 'status');
  expect(stdout).toMatch(
    /board -> public\.board\n {2}100 rows, 0\.0 MiB\n {2}last run .*sync rollback {2}error after .*there is no/,
  );
  expect(stdout).toMatch(/backup public\.board_old_bkp: 100 rows/);
  expect(stdout).toContain('left by a dead sync: board__tsdbt_0123456789ab');
  const history = await tsdbt('sync', 'history', '--output', 'json', '--quiet');
  const runs = history.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(runs.map(({ status }) => status)).toContain('error');
  expect(runs.findLast(({ command }) => command === 'sync run')).toMatchObject({
    node: 'sync.small.board',
    status: 'success',
    rows: 100,
    detail: { format: 'binary', timing: expect.arrayContaining([{ name: 'copy', seconds: expect.any(Number) }]) },
  });
  expect((await tsdbt('sync', 'clean', '--dry-run', '--quiet')).stdout.trim()).toBe(
    'would drop public.board__tsdbt_0123456789ab',
  );
  expect((await tsdbt('sync', 'clean', '--backups', '--quiet')).code).toBe(0);
  expect(await generations()).toEqual(['board 4']);
}, 120_000);
