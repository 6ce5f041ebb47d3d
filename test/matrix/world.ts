import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureServer, type PrivateServer } from '../../src/adapter/index.ts';
import { rowsOf } from '../compare/stir/server.ts';
import { ROOT } from '../e2e/root.ts';
import type { Case } from './cases.ts';
import { type Observation, observe } from './observe.ts';
import type { Answer, Tool } from './tools.ts';

/** Of every command: nothing is sent anywhere, and dbt.log can be read by a machine. */
const ENV = { DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', DBT_LOG_FORMAT_FILE: 'json', TSDBT_NOW: '2026-02-01T00:00:00Z' };
const SCHEMAS = ['matrix', 'matrix_other', 'matrix_dbt_test__audit', 'matrix_other_dbt_test__audit'];

/** The project as built, in the folder and in the database: every case begins there. */
export interface World {
  /** Gives the folder that was worked in, with what is left in it. */
  run(one: Case): Promise<{ readonly answer: Answer; readonly folder: string }>;
  observe(one: Case): Promise<Observation>;
  close(): Promise<void>;
}

/** `folder` is given to this world alone. */
export async function createWorld(tool: Tool, folder: string): Promise<World> {
  const [built, work] = [join(folder, 'built'), join(folder, 'work')];
  const server = await ensureServer({ dataDir: join(folder, 'clickhouse'), label: 'the matrix' });
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'test/matrix/project'), work, { recursive: true });
  writeFileSync(join(work, 'profiles.yml'), profiles(server));
  for (const args of [['deps'], ['build'], ['docs', 'generate']]) {
    const { code, stdout, stderr } = await tool.run(args, work, ENV);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}\n${stdout}${stderr}`);
  }
  rmSync(join(work, 'logs'), { recursive: true });
  cpSync(join(work, 'target'), join(work, 'state'), { recursive: true });
  cpSync(work, built, { recursive: true, verbatimSymlinks: true });
  const statements = await asBuilt(server);

  const world: World = {
    async run({ args, env = {}, files = {}, before = [], cwd = '.' }) {
      rmSync(work, { recursive: true, force: true });
      rmSync(join(folder, 'elsewhere'), { recursive: true, force: true });
      cpSync(built, work, { recursive: true, verbatimSymlinks: true });
      for (const schema of SCHEMAS) await run(server, `drop database if exists ${schema}`);
      for (const sql of statements) await run(server, sql);
      const place = resolve(work, cwd);
      mkdirSync(place, { recursive: true });
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true });
        writeFileSync(join(work, path), text);
      }
      for (const earlier of before) await tool.run(earlier, work, { ...ENV });
      rmSync(join(work, 'logs'), { recursive: true, force: true });
      const answer = await tool.run(args, place, { ...ENV, ...env });
      return { answer, folder: cwd.startsWith('..') ? place : work };
    },
    async observe(one) {
      const { answer, folder } = await world.run(one);
      return observe(answer, folder);
    },
    async close() {
      tool.close();
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

function profiles({ host, port, user, password }: PrivateServer): string {
  const dev = { type: 'clickhouse', driver: 'http', host, port, user, password, schema: 'matrix', threads: 1 };
  const outputs = { dev, other: { ...dev, schema: 'matrix_other' }, unreachable: { ...dev, port: 1 } };
  return JSON.stringify({ matrix: { target: 'dev', outputs } });
}

/** Statements that make the database again as it is now. */
async function asBuilt(server: PrivateServer): Promise<readonly string[]> {
  const tables = await rowsOf(
    server,
    "select name, engine, create_table_query from system.tables where database = 'matrix' order by engine = 'View', name",
  );
  await run(server, 'create database if not exists matrix_kept');
  const statements = ['create database matrix'];
  for (const [name, engine, create] of tables as [string, string, string][]) {
    statements.push(create);
    if (engine === 'View') continue;
    await run(server, `create table matrix_kept.${name} clone as matrix.${name}`);
    statements.push(`insert into matrix.${name} select * from matrix_kept.${name}`);
  }
  return statements;
}

async function run(server: PrivateServer, sql: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  const answer = await fetch(server.url, { method: 'POST', headers: { authorization }, body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${text}\n${sql}`);
}
