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
    for (const args of COMMANDS) {
      const ended = await runTsdbt(dir, args);
      expect(ended, `${args.join(' ')}\n${ended.stdout.slice(-2000)}`).toMatchObject({ code: 0 });
    }
  }, 180_000);

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
