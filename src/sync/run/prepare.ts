import { isWorthSwapping } from '../plan/full-swap.ts';
import { keepIds, type LookupTypes } from '../plan/lookup.ts';
import { writtenTable } from '../plan/merge.ts';
import { quoteName } from '../plan/names.ts';
import { planRows, planSync, type RowsPlan, type SyncPlan } from '../plan/plan.ts';
import type { TargetShape } from '../plan/shape.ts';
import { readColumnTypes, readShape } from '../postgres/catalog.ts';
import type { Connection } from '../postgres/connection.ts';
import { reserveIds } from '../postgres/sequence.ts';
import { countRows, readBackups, readFront } from '../postgres/state.ts';
import type { ClickHousePort, SourceColumn, SyncDefinition } from '../types.ts';
import { readWindow } from './window.ts';

export interface Prepared {
  readonly plan: SyncPlan;
  readonly target: TargetShape | undefined;
  /** Rows of the source when it was counted. */
  readonly sourceRows: number;
  /** Rows in the target before, of a mirror those it wrote; undefined where there is none. */
  readonly targetRows: number | undefined;
  /** Nothing above the high-water mark. */
  readonly nothingNew: boolean;
}

export interface PrepareFacts {
  readonly clickhouse: ClickHousePort;
  readonly connection: Connection;
  /** SQL of ClickHouse that stands after FROM. */
  readonly source: string;
  readonly invocationId: string;
  readonly format?: 'binary' | 'text' | undefined;
  /** Takes new ids from the sequence; a plan that is only shown does not. */
  readonly reserve: boolean;
}

/** Reads both sides and plans. Changes nothing but, where asked, the sequence of the ids. `whole`: not only what is new since the last run. */
export async function prepare(definition: SyncDefinition, facts: PrepareFacts, whole = false): Promise<Prepared> {
  const { clickhouse, connection } = facts;
  const target = await readShape(connection, definition.table);
  const columns = await describe(clickhouse, `SELECT * FROM ${facts.source}`);
  const window = await readWindow(definition, facts, columns, target !== undefined && !whole);
  const { source } = window;
  const types = await lookupTypes(connection, definition);
  const sourceRows = await countSource(clickhouse, `SELECT count() AS rows FROM ${source}`);
  const draft = planRows(definition, source, columns, types, 0n);
  const first =
    keepIds(definition) && facts.reserve && draft.problems.length === 0
      ? await reserveIds(connection, definition.id!.sequence, sourceRows)
      : 0n;
  const rows = first === 0n ? draft : planRows(definition, source, columns, types, first);
  const described = draft.problems.length > 0 ? [] : await describeRows(clickhouse, rows);
  const plan = planSync(definition, {
    invocationId: facts.invocationId,
    source,
    rows,
    described,
    target,
    backups: await readBackups(connection, definition),
    front: definition.front && (await readFront(connection, definition.front.name, definition.table)),
    mark: window.mark,
    ...(facts.format && { format: facts.format }),
  });
  if (!whole && plan.fullSwap !== undefined && window.whole !== undefined) {
    const all = await countSource(clickhouse, `SELECT count() AS rows FROM ${window.whole}`);
    if (isWorthSwapping(definition, sourceRows, all)) return prepare(definition, facts, true);
  }
  const before = definition.mode === 'mirror' && target ? writtenTable(definition) : definition.table;
  return {
    plan: { ...plan, problems: [...window.problems, ...plan.problems] },
    target,
    sourceRows,
    targetRows: await countRows(connection, before),
    nothingNew: definition.incremental !== undefined && target !== undefined && sourceRows === 0,
  };
}

export async function countSource(clickhouse: ClickHousePort, sql: string): Promise<number> {
  const { rows } = await clickhouse.query(sql);
  return Number(rows[0]?.[0]);
}

async function describe(clickhouse: ClickHousePort, sql: string): Promise<SourceColumn[]> {
  const { rows } = await clickhouse.query(`DESCRIBE TABLE (${sql})`);
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

/** Look-ups are not there yet when types are asked for: an empty table of the same structure stands in. */
function describeRows(clickhouse: ClickHousePort, rows: RowsPlan): Promise<SourceColumn[]> {
  const stand = rows.lookups.map(({ name, structure }) => `${name} AS (SELECT * FROM null('${structure}'))`);
  return describe(clickhouse, stand.length > 0 ? `WITH ${stand.join(', ')} ${rows.sql}` : rows.sql);
}

async function lookupTypes(connection: Connection, definition: SyncDefinition): Promise<LookupTypes> {
  const keep = keepIds(definition);
  const tables = [...definition.enrichment, ...(keep ? [keep] : [])].map((lookup) => lookup.table);
  const types = new Map<string, ReadonlyMap<string, string>>();
  for (const table of tables) {
    const found = await readColumnTypes(connection, table);
    if (found) types.set(quoteName(table), found);
  }
  return types;
}
