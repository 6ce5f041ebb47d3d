import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureServer, type PrivateServer, serverStatus } from '../../src/adapter/index.ts';
import { type FaultyProxy, faultyProxy } from '../adapter/clickhouse/driver/faulty.ts';
import { type SmallProject, smallProject } from './small-project.ts';

/** Models as they are when all is well, and what becomes of them: the words of the server, the line, what to do. */
interface Case {
  readonly name: string;
  readonly config?: string;
  /** Config and SQL that go wrong. */
  readonly wrong: readonly [config: string, sql: string];
  readonly said: string;
  readonly at?: string;
  readonly hint: string;
}

const CASES: readonly Case[] = [
  {
    name: 'not_a_select',
    wrong: ['', '\ninsert into elsewhere values (1)'],
    said: 'Code: 62. DB::Exception: Syntax error',
    at: 'models/not_a_select.sql:3:1',
    hint: 'A model is one SELECT',
  },
  {
    name: 'semicolon',
    wrong: ['', 'select 1 as a;'],
    said: 'Code: 62. DB::Exception: Syntax error',
    at: 'models/semicolon.sql:2:14',
    hint: 'A semicolon ends the statement too early',
  },
  {
    name: 'engine',
    wrong: ["engine='MergTree()'", 'select 1 as a'],
    said: "Code: 56. DB::Exception: Unknown table engine MergTree. Maybe you meant: ['MergeTree']. (UNKNOWN_STORAGE)",
    at: 'models/engine.sql:1:',
    hint: 'Check `engine`',
  },
  {
    name: 'memory',
    wrong: [
      "query_settings={'max_memory_usage': 1000000}",
      'select number as a, groupArray(number) as n from numbers(1000000) group by a',
    ],
    said: 'Code: 241. DB::Exception:',
    hint: 'Lower `threads`',
  },
  {
    name: 'time_out',
    wrong: [
      "query_settings={'max_execution_time': 1}",
      'select number as a from numbers(30) where sleepEachRow(0.2) = 0 settings max_block_size = 1',
    ],
    said: 'Code: 159. DB::Exception: Timeout exceeded',
    hint: 'Raise max_execution_time',
  },
  {
    name: 'keeper',
    wrong: ["engine='ReplicatedMergeTree()'", 'select 1 as a'],
    said: 'DB::Exception:',
    hint: 'Replicated engines and ON CLUSTER need a Keeper',
  },
  {
    name: 'deletes',
    config: "materialized='incremental', unique_key='a', projections=[{'name': 'p', 'query': 'select a order by a'}]",
    wrong: [
      "materialized='incremental', incremental_strategy='delete+insert', unique_key='a', projections=[{'name': 'p', 'query': 'select a order by a'}]",
      'select 2 as a',
    ],
    said: 'Code: 344. DB::Exception: DELETE query is not allowed',
    hint: 'Lightweight deletes and projections',
  },
  {
    name: 'contract',
    wrong: ["contract={'enforced': true}", "select 1 as a, 'x' as d"],
    said: `This model has an enforced contract that failed.
  Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.
  
  | column_name | definition_type | contract_type | mismatch_reason       |
  | ----------- | --------------- | ------------- | --------------------- |
  | a           | UInt8           | UInt64        | data type mismatch    |
  | b           |                 | String        | missing in definition |
  | d           | String          |               | missing in contract   |`,
    hint: '',
  },
];

let project: SmallProject;
let proxy: FaultyProxy;
let server: PrivateServer;

beforeAll(async () => {
  project = await smallProject({
    ...Object.fromEntries(
      CASES.map(({ name, config }) => [`models/${name}.sql`, modelOf(config ?? '', 'select 1 as a')]),
    ),
    'models/swapped.sql': modelOf('', "select {{ var('v', 1) }} as a"),
    'models/deleted.sql': modelOf(
      "materialized='incremental', incremental_strategy='delete+insert', unique_key='a'",
      "select 1 as a, {{ var('v', 1) }} as b",
    ),
    'models/schema.yml': JSON.stringify({
      models: [
        {
          name: 'contract',
          columns: [
            { name: 'a', data_type: 'UInt64' },
            { name: 'b', data_type: 'String' },
          ],
        },
      ],
    }),
  });
  server = await ensureServer({ dataDir: join(project.dir, '.tsdbt/clickhouse'), label: 'the test' });
  proxy = await faultyProxy(server.port);
  const through = { type: 'clickhouse', schema: 'main', threads: 2, host: '127.0.0.1', port: proxy.port };
  const { user, password } = server;
  const outputs = {
    dev: { type: 'clickhouse', schema: 'main', threads: 2, embedded: { path: '.tsdbt/clickhouse' } },
    proxy: { ...through, user, password },
    reading: { ...through, user, password, custom_settings: { readonly: 2 } },
    stranger: { ...through, user, password: 'wrong' },
  };
  project.write({ 'profiles.yml': JSON.stringify({ small: { target: 'dev', outputs } }) });
  expect(await project.run(['run'])).toMatchObject({ code: 0 });
  project.write(
    Object.fromEntries(CASES.map(({ name, wrong: [config, sql] }) => [`models/${name}.sql`, modelOf(config, sql)])),
  );
}, 120_000);

afterAll(async () => {
  await proxy?.close();
  await server?.release();
  await project?.remove();
}, 60_000);

function modelOf(config: string, sql: string): string {
  return `{{ config(${config.includes('materialized') ? config : `materialized='table'${config === '' ? '' : `, ${config}`}`}) }}\n${sql}`;
}

/** Every table there is, with its rows; staging relations would be among them. */
async function tables(): Promise<readonly unknown[]> {
  const names = (await project.rows("select name from system.tables where database = 'main' order by name")).flat();
  return await Promise.all(names.map(async (name) => [name, await project.rows(`select * from main.${name}`)]));
}

describe('models that go wrong on the server', () => {
  let told: string;
  let before: readonly unknown[];
  beforeAll(async () => {
    before = await tables();
    const { code, stdout } = await project.run(['run', '--select', ...CASES.map(({ name }) => name)]);
    expect(code).toBe(1);
    told = stdout;
  }, 60_000);

  it.each(CASES)('$name: in the words of ClickHouse, with the line and what to do', ({ name, said, at, hint }) => {
    const start = told.indexOf(`in model ${name} `);
    const about = told.slice(start, told.indexOf('compiled code at', start));
    expect(about).toContain(said);
    if (at !== undefined) expect(about).toContain(`  at ${at}`);
    expect(about).toContain(hint === '' ? '' : `  hint: ${hint}`);
    if (hint !== '') expect(about.indexOf(said)).toBeLessThan(about.indexOf('hint:'));
  });

  it('every table is as it was, and nothing is left behind', async () => {
    expect(await tables()).toEqual(before);
  });
});

describe('servers that cannot or will not', () => {
  const swapped = ['run', '--select', 'swapped', '--target', 'proxy', '--vars', '{v: 7}'];
  const rows = async () => (await project.rows('select a from main.swapped')).flat();

  it('no EXCHANGE: both tables are renamed in one statement', async () => {
    proxy.decide = (statement) =>
      /\bEXCHANGE TABLES\b/.test(statement)
        ? { say: 'Code: 48. DB::Exception: RENAME EXCHANGE is not supported. (NOT_IMPLEMENTED)' }
        : undefined;
    expect(await project.run(swapped)).toMatchObject({ code: 0 });
    expect(await rows()).toEqual([7]);
  });

  it.each([
    [
      'a privilege that is missing',
      /create table/i,
      'Code: 497. DB::Exception: tsdbt: Not enough privileges. To execute this query, it’s necessary to have the grant CREATE TABLE ON main.*. (ACCESS_DENIED)',
      'Grant the profile’s user what the text above names',
    ],
    [
      'no lightweight deletes',
      /\bdelete from\b/,
      'Code: 36. DB::Exception: DELETE query is not supported for table main.deleted. (BAD_ARGUMENTS)',
      'This engine or server has no lightweight deletes: use incremental_strategy `append`',
    ],
  ])('%s', async (_, where, say, hint) => {
    const before = await tables();
    proxy.decide = (statement) => (where.test(statement) ? { say } : undefined);
    const { code, stdout } = await project.run([
      ...['run', '--select', 'swapped', 'deleted', '--target', 'proxy', '--vars', '{v: 9}'],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain(say);
    expect(stdout).toContain(`  hint: ${hint}`);
    proxy.decide = () => undefined;
    const others = (all: readonly unknown[]) => all.filter((one) => (one as unknown[])[0] !== 'swapped');
    expect(others(await tables())).toEqual(others(before));
    expect((await tables()).length).toBe(before.length);
  });

  it('a server, or a user, that only reads', async () => {
    const before = await tables();
    const { code, stdout } = await project.run(['run', '--select', 'swapped', '--target', 'reading']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Code: 164\. DB::Exception: .*readonly mode/);
    expect(stdout).toContain('  hint: This user, or this server, may only read');
    expect(await tables()).toEqual(before);
  });

  it('a wrong password', async () => {
    const { code, stdout } = await project.run(['run', '--select', 'swapped', '--target', 'stranger']);
    expect(code).toBe(2);
    expect(stdout).toContain('Check user and password of the profile');
    expect(stdout).toContain('profiles.yml:');
    const debugged = await project.run(['debug', '--target', 'stranger']);
    expect(debugged).toMatchObject({ code: 1, stdout: expect.stringContaining('Check user and password') });
  });

  it('one that dies in the middle: said so, and the next run finds all as it was', async () => {
    const before = await tables();
    project.write({
      'models/deadly.sql': modelOf('', 'select sleepEachRow(0.1) as a from numbers(3000) settings max_block_size = 1'),
    });
    const running = project.run(['run', '--select', 'deadly']);
    const asked =
      "select count() from system.processes where query like '%sleepEachRow%' and query not like '%processes%'";
    await expect.poll(async () => (await project.rows(asked)).flat()[0], { timeout: 30_000 }).toBe(1);
    const { serverPid } = (await serverStatus(join(project.dir, '.tsdbt/clickhouse')))!;
    process.kill(serverPid, 'SIGKILL');
    const { code, stdout } = await running;
    expect(code).toBe(1);
    expect(stdout).toMatch(/in model deadly[\s\S]*hint: The private ClickHouse has ended/);
    expect(await project.run(['run', '--select', 'swapped', '--vars', '{v: 7}'])).toMatchObject({ code: 0 });
    server = await ensureServer({ dataDir: join(project.dir, '.tsdbt/clickhouse'), label: 'the test' });
    const found = await project.run([
      'show',
      '--inline',
      "select name from system.tables where database = 'main' order by name",
      '--limit',
      '50',
      '--output',
      'json',
    ]);
    for (const [name] of before as [string][]) expect(found.stdout).toContain(`"${name}"`);
    expect(found.stdout).not.toContain('deadly');
  }, 90_000);
});
