import { setTimeout as sleep } from 'node:timers/promises';
import { TsdbtError } from '../../error/index.ts';
import { quoteValue } from '../plan/names.ts';
import type { ClickHousePort, SyncDefinition } from '../types.ts';

export interface WaitDeps {
  readonly clickhouse: ClickHousePort;
  /** The tables that the sync reads. */
  readonly tables: readonly { readonly database: string; readonly name: string }[];
  /** Says once that we wait, and for what. */
  readonly tell: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** Seconds since the last success of each `database.table` that the history of runs knows. */
  readonly lastBuilt?: (relations: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly pauseSeconds?: number;
}

/**
 * Waits until every table that the sync reads was built within `wait_for.built_within`. Throws TSD5002 when that has
 * not happened within `wait_for.limit`. A table rebuilt as a whole says when it was made; one that grows, when its
 * newest part was written (which a merge of parts makes younger than it is).
 */
export async function waitForSource(definition: SyncDefinition, deps: WaitDeps): Promise<void> {
  const { wait_for: wanted, name, at } = definition;
  if (wanted === undefined || deps.tables.length === 0) return;
  const deadline = performance.now() + wanted.limit * 1000;
  for (let told = false; ; told = true) {
    const stale = (await ages(deps)).filter(({ age }) => age > wanted.built_within);
    if (stale.length === 0) return;
    const which = stale.map((table) => `${table.name} (${since(table.age)})`).join(', ');
    const wants = `sync ${name} wants it built within ${duration(wanted.built_within)}: ${which}`;
    if (performance.now() >= deadline) {
      throw new TsdbtError({
        code: 'TSD5002',
        message: `${wants}; waited ${duration(wanted.limit)}`,
        at,
        hint: 'build the model, or run with --no-wait',
      });
    }
    if (!told) deps.tell(`${wants}; waiting for up to ${duration(wanted.limit)} (--no-wait goes on at once)`);
    const left = deadline - performance.now();
    await sleep(Math.max(0, Math.min((deps.pauseSeconds ?? 10) * 1000, left)), undefined, { signal: deps.signal });
  }
}

interface Age {
  readonly name: string;
  /** Seconds; Infinity for a table that is not there. */
  readonly age: number;
}

/** What the history knows is the model's own last success; only what was never run by tsdbt is judged by its table. */
async function ages({ clickhouse, tables, lastBuilt }: WaitDeps): Promise<readonly Age[]> {
  const idOf = ({ database, name }: WaitDeps['tables'][number]) => `${database}.${name}`;
  const known = (await lastBuilt?.(tables.map(idOf))) ?? new Map<string, number>();
  const unknown = tables.filter((table) => !known.has(idOf(table)));
  const told = tables.flatMap((table) => {
    const age = known.get(idOf(table));
    return age === undefined ? [] : [{ name: table.name, age }];
  });
  return [...told, ...(unknown.length > 0 ? await tableAges(clickhouse, unknown) : [])];
}

/** A table rebuilt as a whole says when it was made; one that grows, when its newest part was written (which a merge makes younger than it is). */
async function tableAges(clickhouse: ClickHousePort, tables: WaitDeps['tables']): Promise<readonly Age[]> {
  const pairs = tables.map(({ database, name }) => `(${quoteValue(database)}, ${quoteValue(name)})`).join(', ');
  const { rows } = await clickhouse.query(
    `SELECT t.database, t.name, dateDiff('second', greatest(t.metadata_modification_time, p.newest), now())
     FROM system.tables AS t
     LEFT JOIN (SELECT database, table, max(modification_time) AS newest FROM system.parts
                WHERE active AND (database, table) IN (${pairs}) GROUP BY database, table) AS p
       ON p.database = t.database AND p.table = t.name
     WHERE (t.database, t.name) IN (${pairs})`,
  );
  return tables.map(({ database, name }) => {
    const row = rows.find((one) => one[0] === database && one[1] === name);
    return { name, age: row === undefined ? Number.POSITIVE_INFINITY : Number(row[2]) };
  });
}

function since(age: number): string {
  return Number.isFinite(age) ? `built ${duration(age)} ago` : 'not built yet';
}

function duration(seconds: number): string {
  const rounded = (value: number) => String(Math.round(value * 10) / 10);
  if (seconds >= 3600) return `${rounded(seconds / 3600)} h`;
  return seconds >= 60 ? `${rounded(seconds / 60)} min` : `${rounded(seconds)} s`;
}
