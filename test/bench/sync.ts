// What bringing a table to Postgres costs: CPU seconds by process and wall seconds, of tsdbt's sync, of the limit it is
// measured against (binary COPY from a file), and of two other ways. npm run bench -- sync [--rows N] [--only plain,limit,...]
// Each of our syncs is a process of its own, as a command is, so that its memory is its own too.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ensureServer, openDriver, serverStatus, stopServer } from '../../src/adapter/index.ts';
import { ensurePostgres, postgresStatus, runSync, type SyncResult, stopPostgres } from '../../src/sync/index.ts';
import { definition } from '../sync/support/definition.ts';

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const ROWS = Number(option('--rows') ?? 1_000_000);

interface Job {
  readonly yaml: string;
  readonly credentials: Parameters<typeof openDriver>[0];
  readonly postgresUrl: string;
}

/** What one sync tells of itself when it ends. */
interface Report {
  readonly cpu: number;
  readonly memory: number;
  readonly result: SyncResult;
}

const job = process.env['TSDBT_BENCH_JOB'];
if (job !== undefined) {
  await oneSync(JSON.parse(job) as Job);
  process.exit();
}

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
const to = (table: string): string =>
  SYNC.replace('table: bench', `table: ${table}`).replace('name: bench', `name: ${table}`);
const PLAIN = `${SYNC}
    guards: { checks: none }`;
const CHECKED = to('bench_checked');
const INDEXED = `${to('bench_indexed')}
    guards: { checks: none }
    indexes: [{ columns: [id], unique: true }, { columns: [text_1] }, { columns: [day, rank_1, rank_2] }]`;
const ENRICHED = `${to('bench_enriched')}
    guards: { checks: none }
    enrichment: [{ table: accounts, match: { id: id }, columns: { account_id: account_id, phrase: phrase } }]`;

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-bench-'));
const state = join(dir, '.tsdbt');
const server = await ensureServer({ dataDir: join(dir, 'ch') });
const postgres = await ensurePostgres({ stateDir: state, env: { ...process.env, TSDBT_PG_URL: '' } });
const { host, port, user, password } = server;
const credentials = { host, port, user, password, schema: 'dbt' };
const clickhouse = await openDriver(credentials, { threads: 2, singleServer: true });
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
  const rows: Figures[] = [];
  for (const design of chosen(option('--only'))) {
    rows.push(await measure(design));
    console.error(JSON.stringify(rows.at(-1)));
  }
  console.log(`${ROWS} rows, 41 columns; CPU seconds of each process, MiB of node (limit 120), wall seconds`);
  console.table(rows);
} finally {
  await client.end();
  await clickhouse.close();
  await stopPostgres({ stateDir: state });
  await stopServer(join(dir, 'ch'), { force: true });
  rmSync(dirname(dataDir), { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
}

/** One way to bring the table over. `bar`: seconds of CPU per million rows that it may take in all. */
interface Design {
  readonly name: string;
  readonly what: string;
  readonly bar?: string;
  /** Unmeasured. */
  prepare?(): Promise<unknown>;
  run(): Promise<unknown>;
}

function designs(): readonly Design[] {
  return [
    { name: 'plain', what: 'tsdbt sync', bar: '9', run: () => sync(PLAIN) },
    { name: 'enriched', what: 'with enrichment', bar: '11', run: () => sync(ENRICHED) },
    { name: 'checked', what: 'with figures of all columns', run: () => sync(CHECKED) },
    { name: 'indexed', what: 'with three indexes', run: () => sync(INDEXED) },
    { name: 'limit', what: 'binary COPY from a file', bar: '(the limit)', prepare: copyFile, run: limit },
    { name: 'by-hand', what: 'the three indexes by hand', prepare: loaded, run: byHand },
    { name: 'postgresql', what: 'INSERT INTO FUNCTION postgresql()', prepare: likeOurs('bench_wire'), run: wire },
    { name: 'json', what: 'JSONEachRow, jsonb, INSERT SELECT', prepare: likeOurs('bench_json'), run: json },
  ];
}

/** All, or those that are named. */
function chosen(only: string | undefined): readonly Design[] {
  const wanted = only?.split(',');
  const unknown = wanted?.filter((name) => !designs().some((design) => design.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(
      `no design ${unknown.join(', ')}; there are ${designs()
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  return designs().filter(({ name }) => wanted?.includes(name) ?? true);
}

async function ours(): Promise<void> {
  const { rows } = await client.query("select to_regclass('bench') is not null as there");
  if (!rows[0].there) await sync(PLAIN);
}

async function copyFile(): Promise<void> {
  await ours();
  await client.query(`copy bench to '${join(dataDir, 'bench.copy')}' (format binary)`);
}

async function limit(): Promise<void> {
  await client.query(`begin; create table bench_limit (like bench);
    copy bench_limit from '${join(dataDir, 'bench.copy')}' (format binary, freeze); commit`);
}

async function loaded(): Promise<void> {
  await ours();
  await client.query('drop table if exists bench_by_hand; create table bench_by_hand as select * from bench');
}

async function byHand(): Promise<void> {
  await client.query(`create unique index on bench_by_hand (id); create index on bench_by_hand (text_1);
    create index on bench_by_hand (day, rank_1, rank_2)`);
}

/** ClickHouse learns an array's depth from a first row. */
function likeOurs(table: string) {
  return async () => {
    await ours();
    await client.query(`create table ${table} as select * from bench limit 1`);
  };
}

/** A process of its own, from this very bundle. */
async function sync(yaml: string): Promise<Report> {
  const asked: Job = { yaml, credentials, postgresUrl: postgres.url };
  const child = spawn(process.execPath, [process.argv[1]!], {
    env: { ...process.env, TSDBT_BENCH_JOB: JSON.stringify(asked) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`a sync ended with ${code}`);
  return JSON.parse(said) as Report;
}

async function oneSync(asked: Job): Promise<void> {
  const driver = await openDriver(asked.credentials, { threads: 2, singleServer: true });
  const deps = { clickhouse: driver, postgresUrl: asked.postgresUrl, source: 'dbt.bench', invocationId: 'bench' };
  const result = await runSync(await definition(asked.yaml), deps);
  await driver.close();
  if (result.format !== 'binary') throw new Error('a column has no binary encoder');
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const report: Report = { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024, result };
  process.stdout.write(JSON.stringify(report));
}

/** ClickHouse writes to Postgres itself; it knows neither Map nor UUID there. */
async function wire(): Promise<void> {
  const url = new URL(postgres.url);
  const { username, pathname } = url;
  const address = `${url.hostname}:${url.port}`;
  await client.query('alter table bench_wire alter ranks type text, alter uuid type text');
  await clickhouse.query(
    `INSERT INTO FUNCTION postgresql('${address}', '${pathname.slice(1)}', 'bench_wire', '${username}', '${url.password}')
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

type Figures = Awaited<ReturnType<typeof measure>>;

async function measure({ what, bar = '', prepare, run }: Design) {
  await prepare?.();
  await client.query('checkpoint');
  const before = cpu();
  const began = performance.now();
  const done = await run();
  const wall = (performance.now() - began) / 1000;
  const after = cpu();
  const own = isReport(done) ? done : undefined;
  const [ch, p, node] = [after.ch - before.ch, after.pg - before.pg, own?.cpu ?? after.node - before.node];
  const fixed = (value: number): string => value.toFixed(1);
  const million = ROWS / 1_000_000;
  return {
    what,
    ClickHouse: fixed(ch),
    Postgres: fixed(p),
    node: fixed(node),
    total: fixed(ch + p + node),
    'per 1M': fixed((ch + p + node) / million),
    bar,
    MiB: own === undefined ? '' : Math.round(own.memory),
    wall: fixed(wall),
    copy: own === undefined ? '' : fixed(own.result.phases.copy ?? 0),
    index: own === undefined ? '' : fixed(own.result.phases.index ?? 0),
  };
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'memory' in value;
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
