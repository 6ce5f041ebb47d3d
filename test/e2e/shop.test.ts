import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureServer, type PrivateServer } from '../../src/adapter/index.ts';
import { runTsdbt } from './checkout.ts';

/** The example project with every kind of resource, run as it was run by real dbt; its tables and rows are what dbt left. */
const fixture = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
// One thread, as in dbt's run: a snapshot and tests of sources read the seeds' tables without depending on them.
const PROFILE =
  "shop: {target: dev, outputs: {dev: {type: clickhouse, schema: shop, threads: 1, embedded: {path: '.tsdbt/clickhouse'}}}}\n";
const COMMANDS = [['build'], ['build'], ['run', '--full-refresh'], ['compile'], ['test'], ['seed'], ['snapshot']];

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-shop-'));
let server: PrivateServer;
let firstResults: RunResultsFile;
let secondResults: RunResultsFile;

beforeAll(async () => {
  cpSync(fixture('../parse/fixtures/shop'), dir, { recursive: true });
  writeFileSync(join(dir, 'profiles.yml'), PROFILE);
  server = await ensureServer({ dataDir: join(dir, '.tsdbt/clickhouse'), label: 'the test' });
}, 60_000);

afterAll(async () => {
  await server?.release();
  await runTsdbt(dir, ['server', 'stop']);
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

describe('shop', () => {
  it('runs every command that dbt ran on it', async () => {
    for (const [index, args] of COMMANDS.entries()) {
      const ended = await runTsdbt(dir, args, { TSDBT_NOW: '2026-11-22 19:00:00' });
      expect(ended, `${args.join(' ')}\n${ended.stdout.slice(-2000)}`).toMatchObject({ code: 0 });
      if (index === 0) firstResults = readJson(join(dir, 'target/run_results.json'));
      if (index === 1) secondResults = readJson(join(dir, 'target/run_results.json'));
    }
  }, 180_000);

  it('tells the results dbt tells of the first build', () => {
    const expected = readJson(fixture('fixtures/shop-run-results.json'));
    expect(sorted(firstResults).map(steady)).toEqual(sorted(expected).map(steady));
    expect(Object.keys(firstResults.args).sort()).toEqual(Object.keys(expected.args).sort());
  });

  it('tells the same of what is there already', () => {
    const stays = ['model.shop.mv_daily', 'snapshot.shop.snap_orders', 'snapshot.shop.snap_legacy'];
    const told = secondResults.results.filter(({ unique_id }) => stays.includes(String(unique_id))).map(steady);
    const same = { status: 'success', message: 'OK', adapter_response: { _message: 'OK' } };
    expect(told).toEqual(stays.map(() => expect.objectContaining(same)));
  });

  it('leaves the tables dbt leaves', async () => {
    const tables = await ask(
      "select database, name, engine, create_table_query from system.tables where database like 'shop%' order by database, name",
    );
    expect(tables.map(normalTable)).toEqual(expectedTables().map(normalTable));
  });

  it('leaves the rows dbt leaves', async () => {
    for (const [table, rows] of expectedRows()) {
      const found = (await ask(`select formatRowNoNewline('JSONEachRow', *) from ${table}`)).map(([row]) => row!);
      const parsed = found.map((row) => JSON.stringify(JSON.parse(row.replaceAll('\\\\', '\\'))));
      expect(parsed.sort(), table).toEqual(rows.map((row) => JSON.stringify(row)).sort());
    }
  });
});

interface RunResultsFile {
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly args: Readonly<Record<string, unknown>>;
}

function sorted({ results }: RunResultsFile) {
  return [...results].sort((a, b) => (String(a['unique_id']) < String(b['unique_id']) ? -1 : 1));
}

function readJson(path: string): RunResultsFile {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A result without what differs from run to run. */
function steady(result: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { timing: _t, thread_id: _i, execution_time: _e, adapter_response, ...rest } = result;
  const { query_id: _q, ...response } = adapter_response as Record<string, unknown>;
  return { ...rest, adapter_response: response };
}

async function ask(sql: string): Promise<string[][]> {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  const answer = await fetch(server.url, { method: 'POST', headers: { authorization }, body: `${sql} format TSV` });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'));
}

function expectedTables(): string[][] {
  const [, ...lines] = readFileSync(fixture('fixtures/shop-tables.tsv'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.split('\t'));
}

/** Who reads for the dictionary is the private server's own user. */
function normalTable(row: readonly string[]): string {
  return row.join(' ').replace(/CLICKHOUSE\(.*? QUERY/, 'CLICKHOUSE(QUERY');
}

/** Tables whose rows hold the moment of the run, and the microbatch model, whose window is the present. */
const MOVING = ['shop.hooked', 'shop.fct_micro', 'shop.snap_orders', 'shop.snap_legacy', 'shop.dict_country'];

function expectedRows(): [string, Record<string, unknown>[]][] {
  const lines = readFileSync(fixture('fixtures/shop-rows.txt'), 'utf8').trimEnd().split('\n');
  const tables = lines.map((line): [string, Record<string, unknown>[]] => {
    const [table, rows] = line.split('\t') as [string, string];
    return [table, [...rows.matchAll(/\{[^{}]*\}/g)].map(([row]) => JSON.parse(row))];
  });
  return tables.filter(([table]) => !MOVING.includes(table));
}
