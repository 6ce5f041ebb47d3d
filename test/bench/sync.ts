// What bringing a table to Postgres costs: CPU seconds by process and wall seconds, of tsdbt's sync, of the limit it is
// measured against (binary COPY from a file), and of two other ways. npm run bench:sync -- [--rows N]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ensureServer, openDriver, serverStatus, stopServer } from '../../src/adapter/index.ts';
import { ensurePostgres, postgresStatus, runSync, stopPostgres } from '../../src/sync/index.ts';
import { definition } from '../sync/support/definition.ts';

const at = process.argv.indexOf('--rows');
const ROWS = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
/** Seconds of CPU per million rows that each design may take in all; the measured limits of other ways for comparison. */
const LIMITS: Readonly<Record<string, string>> = {
  'tsdbt sync': '9',
  'tsdbt sync with enrichment': '11',
  'binary COPY from a file': '(the limit)',
};

const many = (n: number, of: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => of(i + 1)).join(', ');
const COLUMNS = `number AS id, ${many(16, (i) => `if(number % ${i + 3} = 0, NULL, toInt32(number * ${i} % 1000003)) AS rank_${i}`)},
  ${many(4, (i) => `toInt64(cityHash64(number, ${i}) % 100000000000) AS whole_${i}`)}, ${many(4, (i) => `cityHash64(number, ${i}) / 1e12 AS real_${i}`)},
  toDecimal64(number / 100, 4) AS price, ${many(5, (i) => `concat('text ', hex(cityHash64(number, ${i}))) AS text_${i}`)},
  ${many(2, (i) => `if(number % ${i + 1} = 0, NULL, hex(number)) AS maybe_${i}`)}, toDate('2020-01-01') + number % 2000 AS day,
  toDateTime('2020-01-01 00:00:00', 'UTC') + number AS moment, toDateTime64(1600000000 + number / 1000, 6, 'UTC') AS exact,
  reinterpretAsUUID(concat(reinterpretAsFixedString(number), reinterpretAsFixedString(cityHash64(number)))) AS uuid, number % 2 = 0 AS flag,
  ['a', 'b', hex(number)] AS tags, [toInt32(number % 7), 2, 3] AS numbers, map('a', number / 3, 'b', 1.5) AS ranks`;

const SYNC = `
syncs:
  - name: bench
    source: bench
    connection: api
    table: bench
    columns: [{ name: id, type: bigint }, { name: flag, type: boolean }]`;
const ENRICHED = `${SYNC.replace('table: bench', 'table: bench_enriched').replace('name: bench', 'name: enriched')}
    enrichment: [{ table: accounts, match: { id: id }, columns: { account_id: account_id, phrase: phrase } }]`;

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-bench-'));
const state = join(dir, '.tsdbt');
const server = await ensureServer({ dataDir: join(dir, 'ch') });
const postgres = await ensurePostgres({ stateDir: state, env: { ...process.env, TSDBT_PG_URL: '' } });
const clickhouse = await openDriver({ ...server, schema: 'dbt' }, { threads: 2, singleServer: true });
const client = new pg.Client({ connectionString: postgres.url });
await client.connect();
const { dataDir } = await postgresStatus({ stateDir: state });
const pids = {
  clickhouse: (await serverStatus(join(dir, 'ch')))!.serverPid,
  postgres: Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10),
};
try {
  await clickhouse.query('CREATE DATABASE IF NOT EXISTS dbt');
  await clickhouse.query(
    `CREATE TABLE dbt.bench ENGINE = MergeTree ORDER BY id AS SELECT ${COLUMNS} FROM numbers(${ROWS})`,
  );
  await client.query(
    `create table accounts as select n as id, n * 10 as account_id, 'phrase ' || n as phrase from generate_series(1, ${Math.ceil(ROWS / 10)}) n`,
  );
  const rows = [
    await measure('tsdbt sync', () => sync(SYNC)),
    await measure('tsdbt sync with enrichment', () => sync(ENRICHED)),
  ];
  const file = join(dataDir, 'bench.copy');
  await client.query(`copy bench to '${file}' (format binary)`);
  await client.query('create table bench_json (like bench)');
  await client.query('create table bench_wire as select * from bench limit 1');
  rows.push(
    await measure('binary COPY from a file', () =>
      client.query(
        `begin; create table bench_limit (like bench); copy bench_limit from '${file}' (format binary, freeze); commit`,
      ),
    ),
    await measure('INSERT INTO FUNCTION postgresql()', wire),
    await measure('JSONEachRow, jsonb, INSERT SELECT', json),
  );
  console.log(`${ROWS} rows, 41 columns; CPU seconds per process, wall seconds, and rows per second of wall`);
  console.table(rows);
  console.log(`node's memory at most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB (limit 120)`);
} finally {
  await client.end();
  await clickhouse.close();
  await stopPostgres({ stateDir: state });
  await stopServer(join(dir, 'ch'), { force: true });
  rmSync(dirname(dataDir), { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
}

async function sync(yaml: string): Promise<void> {
  const deps = { clickhouse, postgresUrl: postgres.url, source: 'dbt.bench', invocationId: 'bench' };
  const { format } = await runSync(await definition(yaml), deps);
  if (format !== 'binary') throw new Error('a column has no binary encoder');
}

/** ClickHouse writes to Postgres itself; it knows neither Map nor UUID there, and learns an array's depth from a first row. */
async function wire(): Promise<void> {
  const { host, port, username, password, pathname } = new URL(postgres.url);
  const address = `${host.split(':')[0]}:${port}`;
  await client.query('alter table bench_wire alter ranks type text, alter uuid type text');
  await clickhouse.query(
    `INSERT INTO FUNCTION postgresql('${address}', '${pathname.slice(1)}', 'bench_wire', '${username}', '${password}')
     SELECT * REPLACE (toJSONString(ranks) AS ranks, toString(uuid) AS uuid) FROM dbt.bench`,
  );
}

/** The platform's old way: a JSON document for each row, taken apart in Postgres. */
async function json(): Promise<void> {
  await client.query('create temporary table lines (line jsonb)');
  const { stream } = await clickhouse.exportStream('SELECT * FROM dbt.bench FORMAT JSONEachRow', {
    settings: { output_format_json_quote_64bit_integers: 0 },
  });
  const sink = client.query(copyFrom(`copy lines from stdin (format csv, quote e'\\x01', delimiter e'\\x02')`));
  await pipeline(stream, sink);
  await client.query('insert into bench_json select r.* from lines, jsonb_populate_record(null::bench, line) r');
}

async function measure(what: string, work: () => Promise<unknown>) {
  const before = cpu();
  const began = performance.now();
  await work();
  const wall = (performance.now() - began) / 1000;
  const after = cpu();
  const [ch, p, node] = [after.ch - before.ch, after.pg - before.pg, after.node - before.node];
  const fixed = (value: number): string => value.toFixed(1);
  const [total, perSecond] = [fixed(ch + p + node), Math.round(ROWS / wall)];
  const limit = LIMITS[what] ?? '';
  return {
    what,
    ClickHouse: fixed(ch),
    Postgres: fixed(p),
    node: fixed(node),
    total,
    'limit per 1M': limit,
    wall: fixed(wall),
    perSecond,
  };
}

function cpu(): { readonly ch: number; readonly pg: number; readonly node: number } {
  const { user, system } = process.cpuUsage();
  const backends = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === pids.postgres);
  const live = backends.reduce((sum, pid) => sum + ticks(pid), 0);
  return { ch: ticks(pids.clickhouse), pg: ticks(pids.postgres) + live, node: (user + system) / 1e6 };
}

/** Seconds of a process and of its children that have ended; 0 for one that has ended meanwhile. */
function ticks(pid: number | string): number {
  return statOf(pid)
    .slice(11, 15)
    .reduce((sum, field) => sum + Number(field) / 100, 0);
}

function parentOf(pid: string): number {
  return Number(statOf(pid)[1]);
}

function statOf(pid: number | string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
