import { Readable } from 'node:stream';
import { type Driver, isDatabaseError } from '../driver/index.ts';
import { literal, quoteName } from '../driver/literal.ts';
import type { HistoryEntry, HistoryLine, HistoryRun } from './types.ts';

/** Where the history of runs is kept: a database of its own, so that no project's schema is touched. */
export interface HistoryPlace {
  readonly driver: Driver;
  readonly database: string;
  /** Name of the cluster whose nodes all keep it. */
  readonly cluster: string | undefined;
}

const TABLE = 'run_history';
const KEPT = '400 DAY';

const COLUMNS = `recorded_at DateTime64(3, 'UTC') DEFAULT now64(3),
  project LowCardinality(String), target LowCardinality(String), invocation String, command LowCardinality(String),
  job LowCardinality(String), step LowCardinality(String), node LowCardinality(String), relation LowCardinality(String),
  status LowCardinality(String), started_at DateTime64(3, 'UTC'), finished_at DateTime64(3, 'UTC'), seconds Float64,
  rows Nullable(UInt64), bytes Nullable(UInt64), \`window\` String, reason String, detail String`;

const SENT = `step String, node String, relation String, status String, ago Float64, seconds Float64, rows Nullable(UInt64),
  bytes Nullable(UInt64), reason String, detail String`;

/** Adds lines in one statement; the first ever makes database and table. Throws what ClickHouse says. */
export async function writeHistory(
  place: HistoryPlace,
  run: HistoryRun,
  entries: readonly HistoryEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  try {
    await insert(place, run, entries);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await create(place);
    await insert(place, run, entries);
  }
}

/** Seconds since the last success of each relation (`database.table`) that the history knows; nothing where there is no history. */
export async function lastBuilt(
  place: HistoryPlace,
  relations: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await read(
    place,
    `SELECT relation, dateDiff('second', max(finished_at), now64(3)) FROM ${tableOf(place)}
     WHERE relation IN (${relations.map(literal).join(', ')}) AND status = 'success'
       AND NOT match(\`window\`, '^(empty|sample)') GROUP BY relation`,
  );
  return new Map(rows.map(([relation, age]) => [String(relation), Number(age)]));
}

/** The lines of some nodes from the last days, the newest first. */
export async function readHistory(
  place: HistoryPlace,
  { nodes, days, limit }: { readonly nodes: readonly string[]; readonly days: number; readonly limit: number },
): Promise<readonly HistoryLine[]> {
  const names = ['finished_at', 'node', 'relation', 'status', 'seconds', 'rows', 'bytes', 'reason', 'detail'];
  const columns = [...names, 'invocation', 'command', 'job'];
  const rows = await read(
    place,
    `SELECT ${columns.join(', ')} FROM ${tableOf(place)}
     WHERE node IN (${nodes.map(literal).join(', ')}) AND finished_at > now() - toIntervalDay(${Math.ceil(days)})
     ORDER BY finished_at DESC LIMIT ${limit}`,
  );
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as unknown as HistoryLine);
}

/** Details of nodes of one kind of a project that were recorded after `mark`, and the next mark; at first those of the last days. */
export async function readDetails(
  place: HistoryPlace,
  {
    project,
    kind,
    days,
    mark,
  }: { readonly project: string; readonly kind: string; readonly days: number; readonly mark: string | undefined },
): Promise<{ readonly details: readonly string[]; readonly mark: string }> {
  // What several machines insert at one moment becomes visible in any order: a little of the past is read again.
  const from =
    mark === undefined
      ? `now64(3) - toIntervalDay(${Math.ceil(days)})`
      : `toDateTime64(${literal(mark)}, 3, 'UTC') - toIntervalSecond(10)`;
  const rows = await read(
    place,
    `SELECT toString(recorded_at), detail FROM ${tableOf(place)}
     WHERE startsWith(node, ${literal(`${kind}.${project}.`)}) AND recorded_at > ${from} AND detail != '' ORDER BY recorded_at`,
  );
  return {
    details: rows.map(([, detail]) => String(detail)),
    mark: String(rows.at(-1)?.[0] ?? mark ?? '2020-01-01 00:00:00.000'),
  };
}

/** Times are the server's: the machine that runs tsdbt only says how long ago a node ended. */
async function insert(place: HistoryPlace, run: HistoryRun, entries: readonly HistoryEntry[]): Promise<void> {
  const { project, target, invocation, command, job, window } = run;
  const constants = { project, target, invocation, command, job, window };
  const given = Object.entries(constants).map(([name, value]) => `${literal(value)} AS ${quoteName(name)}`);
  const ended = 'now64(3) - toIntervalMillisecond(toInt64(ago * 1000))';
  const began = `${ended} - toIntervalMillisecond(toInt64(seconds * 1000))`;
  const sql = `INSERT INTO ${tableOf(place)} (${Object.keys(constants).map(quoteName).join(', ')}, step, node, relation, status, started_at, finished_at, seconds, rows, bytes, reason, detail)
    SELECT ${given.join(', ')}, step, node, relation, status, ${began}, ${ended}, seconds, rows, bytes, reason, detail
    FROM input(${literal(SENT)}) FORMAT JSONEachRow`;
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  await place.driver.insertStream(sql, Readable.from([Buffer.from(lines)]));
}

async function create({ driver, database, cluster }: HistoryPlace): Promise<void> {
  const where = cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`;
  const engine =
    cluster === undefined ? 'MergeTree' : `ReplicatedMergeTree('/clickhouse/tables/{uuid}/all', '{shard}-{replica}')`;
  await driver.query(`CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${where}`);
  await driver.query(
    `CREATE TABLE IF NOT EXISTS ${quoteName(database)}.${TABLE}${where} (${COLUMNS}) ENGINE = ${engine}
     PARTITION BY toYYYYMM(finished_at) ORDER BY (node, finished_at) TTL toDateTime(finished_at) + INTERVAL ${KEPT}
     COMMENT 'What tsdbt ran, one line for each node; append only'`,
  );
}

async function read(place: HistoryPlace, sql: string): Promise<readonly (readonly unknown[])[]> {
  try {
    return (await place.driver.query(sql)).rows;
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function tableOf({ database }: HistoryPlace): string {
  return `${quoteName(database)}.${TABLE}`;
}

const MISSING = new Set(['UNKNOWN_TABLE', 'UNKNOWN_DATABASE']);

function isMissing(error: unknown): boolean {
  return isDatabaseError(error) && MISSING.has(error.databaseError.name);
}
