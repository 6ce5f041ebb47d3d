import type { SourceColumn, SyncDefinition } from '../types.ts';
import { type ChecksPlan, planChecks } from './checks.ts';
import { type PlannedColumn, planColumns } from './columns.ts';
import { dressStatements } from './dress.ts';
import {
  binaryEncoding,
  type Encoding,
  EXPORT_SETTINGS,
  rowsSql,
  sizeSettings,
  textEncoding,
  withoutEncoder,
} from './export.ts';
import { frontProblems, viewStatements } from './front.ts';
import { type FullSwapPlan, planFullSwap } from './full-swap.ts';
import { type PlannedIndex, planIndexes } from './indexes.ts';
import { enrichedNames, type LookupTypes, type PlannedLookup, planLookups } from './lookup.ts';
import { lossesOf } from './losses.ts';
import { type MatviewsPlan, planMatviews } from './matviews.ts';
import { firstLoadStatements, type MergePlan, planMerge } from './merge.ts';
import { quoteName, type TableName, temporaryMark, temporaryName } from './names.ts';
import { type OffenderPlan, planOffender } from './offender.ts';
import { type Selection, selectColumns } from './selection.ts';
import type { FrontFacts, TargetShape } from './shape.ts';
import type { StagedSql } from './stage/access.ts';
import { planStage, type StagePlan } from './stage/stage.ts';
import { planSwap, type SwapPlan } from './swap.ts';
import { copyStatement, createStatements } from './table.ts';

/** What is known before the first statement that changes anything. */
export interface PlanFacts {
  readonly invocationId: string;
  /** SQL of ClickHouse that stands after FROM: a table, or a query in parentheses. */
  readonly source: string;
  readonly rows: RowsPlan;
  /** Types of the rows' columns, as ClickHouse describes `rows.sql`. */
  readonly described: readonly SourceColumn[];
  readonly target: TargetShape | undefined;
  /** Numbers of the backups that there are. */
  readonly backups: readonly number[];
  /** What has the name that readers know; undefined where nothing does, or it is the target's own. */
  readonly front?: FrontFacts | undefined;
  /** High-water mark of this run, where the sync keeps one. */
  readonly mark?: string | undefined;
  /** `text` where binary is not wanted. */
  readonly format?: 'binary' | 'text';
}

/** The rows to export, before they are encoded. */
export interface RowsPlan {
  readonly sql: string;
  readonly selection: Selection;
  readonly lookups: readonly PlannedLookup[];
  readonly problems: readonly string[];
}

export interface SyncPlan {
  readonly temporary: TableName;
  readonly format: 'binary' | 'text';
  readonly columns: readonly PlannedColumn[];
  readonly lookups: readonly PlannedLookup[];
  readonly countSql: string;
  /** The rows as COPY wants them: a statement, or one around the file that they pass through. */
  readonly exportSql: string | StagedSql;
  readonly stage: StagePlan | undefined;
  /** Finds the first row that Postgres cannot take. */
  readonly offender: OffenderPlan;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly create: readonly string[];
  readonly copy: string;
  /** Figures of each column, which both sides must count alike. */
  readonly checks: ChecksPlan | undefined;
  /** Counts distinct keys, and those that a look-up found; undefined where nothing is looked up. */
  readonly enrichedSql: string | undefined;
  readonly indexes: readonly PlannedIndex[];
  readonly dress: readonly string[];
  readonly vacuum: string;
  readonly matviews: MatviewsPlan;
  readonly swap: SwapPlan;
  /** Instead of the swap, where rows go into a table that stays. */
  readonly merge: MergePlan | undefined;
  /** When the swap is the cheaper of the two, and leaves the same. */
  readonly fullSwap: FullSwapPlan | undefined;
  /** Why the sync must not run. */
  readonly problems: readonly string[];
  /** What a person should know, though it runs. */
  readonly notes: readonly string[];
}

/** The rows over the source's columns. New ids start at `firstId`. */
export function planRows(
  definition: SyncDefinition,
  source: string,
  columns: readonly SourceColumn[],
  lookupTypes: LookupTypes,
  firstId: bigint,
): RowsPlan {
  const selection = selectColumns(definition, columns);
  const { lookups, problems } = planLookups(definition, lookupTypes);
  return {
    sql: rowsSql(source, selection, lookups, definition, firstId),
    selection,
    lookups,
    problems: [...selection.problems, ...problems],
  };
}

/** Every statement of one sync, in words of both databases. Pure: the same facts give the same plan. */
export function planSync(definition: SyncDefinition, facts: PlanFacts): SyncPlan {
  const { rows, target, described } = facts;
  const temporary = temporaryName(definition.table, facts.invocationId);
  const suffix = temporaryMark(facts.invocationId);
  const planned = planColumns(definition, rows.selection, rows.lookups, described, target);
  const { columns } = planned;
  const { transport } = definition;
  const stage = transport.kind === 's3' ? planStage(transport, rows.sql, columns) : undefined;
  const sent = stage?.columns ?? columns;
  const textual = withoutEncoder(sent);
  const format = facts.format === 'text' || textual.length > 0 ? 'text' : 'binary';
  const exported = exportSql(rows.sql, format === 'binary' ? binaryEncoding(sent) : textEncoding(sent), stage);
  const indexes = planIndexes(definition, temporary, suffix, target);
  const merges = target !== undefined && definition.mode !== 'swap';
  const merge = merges ? planMerge(definition, temporary, columns, target, facts.mark) : undefined;
  const losses = lossesOf(definition, merges ? undefined : target);
  const matviews = planMatviews(definition.table, temporary, target, suffix);
  const notes = textual.map(
    ({ name, sourceType, type }) => `text format, because of column "${name}" (${sourceType} to ${type})`,
  );
  return {
    temporary,
    format,
    columns,
    lookups: rows.lookups,
    countSql: `SELECT count() AS rows FROM ${facts.source}`,
    exportSql: exported,
    stage,
    offender: planOffender(definition, facts.source, rows.selection, columns, target),
    settings: {
      ...EXPORT_SETTINGS,
      ...stage?.readSettings,
      ...sizeSettings(typeof exported === 'string' ? exported : exported.before),
      max_execution_time: stage ? definition.timeouts.download : definition.timeouts.load,
    },
    create: createStatements(definition, temporary, columns, target),
    copy: copyStatement(temporary, columns, format, !isDealt(transport)),
    checks:
      definition.guards.checks === 'full' ? planChecks(facts.source, rows.selection, columns, temporary) : undefined,
    enrichedSql: enrichedSql(definition, rows.selection, temporary),
    indexes,
    dress: dressStatements(temporary, target),
    vacuum: `vacuum (analyze) ${quoteName(temporary)}`,
    matviews,
    swap: planSwap(
      merges ? withoutBackup(definition) : definition,
      temporary,
      indexes,
      target,
      { existing: facts.backups },
      matviews.swap,
      {
        columns,
        also: [
          ...viewStatements(
            definition,
            target,
            columns.some(({ added }) => added),
          ),
          ...firstLoadStatements(definition, facts.mark),
        ],
      },
    ),
    merge,
    fullSwap: merge && target && planFullSwap(definition, temporary, columns, target),
    problems: [
      ...rows.problems,
      ...planned.problems,
      ...frontProblems(definition, target, facts.front),
      ...(stage?.problems ?? []),
      ...losses.refused,
      ...(merge?.problems ?? []),
    ],
    notes: [...notes, ...(isDealt(transport) ? [NOT_FROZEN] : []), ...planned.notes, ...losses.allowed],
  };
}

/** Nobody asks back for what was to be merged. */
function withoutBackup(definition: SyncDefinition): SyncDefinition {
  return { ...definition, backup: { ...definition.backup, keep: 0 } };
}

/** Several COPYs cannot run in the transaction that makes the table. */
function isDealt(transport: SyncDefinition['transport']): boolean {
  return transport.kind === 'stream' && transport.streams > 1;
}

const NOT_FROZEN =
  'several streams load without FREEZE: a REPEATABLE READ transaction that began before the load sees an empty table after the swap';

function exportSql(rows: string, { before, after }: Encoding, stage: StagePlan | undefined): string | StagedSql {
  if (stage === undefined) return `${before}${rows}${after}`;
  const { read } = stage;
  return { ...read, before: `${before}${read.before}`, after: `${read.after}${after}` };
}

/** Keys are counted under the names they have in the target; a key that is not exported cannot be. */
function enrichedSql(definition: SyncDefinition, selection: Selection, temporary: TableName): string | undefined {
  const on = [...new Set(definition.enrichment.flatMap((lookup) => Object.keys(lookup.match)))];
  const keys = on
    .flatMap((source) => selection.columns.find((column) => column.source === source)?.name ?? [])
    .map((key) => quoteName(key));
  if (keys.length === 0) return undefined;
  const found = enrichedNames(definition)
    .map((name) => `${quoteName(name)} is not null`)
    .join(' or ');
  const present = keys.map((key) => `${key} is not null`).join(' or ');
  const perKey = `select bool_or(${found}) as found from ${quoteName(temporary)} where ${present} group by ${keys.join(', ')}`;
  return `select count(*)::float8 as keys, count(*) filter (where found)::float8 as found from (${perKey}) k`;
}
