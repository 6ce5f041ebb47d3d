import type { NodeSession } from '../adapter/index.ts';
import { bareNode, sourceRelation } from '../compile/index.ts';
import { explainTemplateError, resultOf, runAsync, type StatementResult, type Value } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { SourceNode } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import { momentOf } from '../util/time-window.ts';
import { failureMessage } from './failure.ts';
import { openSession } from './session.ts';
import type { ExecuteInput } from './types.ts';

export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'runtime error';

/** How old the newest row of a source is. */
export interface Freshness {
  readonly source: SourceNode;
  readonly status: FreshnessStatus;
  /** Undefined for a runtime error. */
  readonly found?: { readonly maxLoadedAt: Date; readonly snapshottedAt: Date };
  readonly message: string | null;
  readonly adapterResponse: DataMap;
  readonly started: Date;
  readonly finished: Date;
  readonly thread: number;
}

type FreshnessInput = Pick<ExecuteInput, 'compiler' | 'adapter' | 'queryComment' | 'interrupted'>;

const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Asks one source. What goes wrong is a status of its own. */
export async function freshnessOf(input: FreshnessInput, source: SourceNode, thread: number): Promise<Freshness> {
  const started = new Date();
  let session: NodeSession | undefined;
  try {
    session = openSession(input, source);
    const { row, response } = await ask(input, source, session);
    const [maxLoadedAt, snapshottedAt] = row.map((cell) => momentOf(String(cell ?? '1970-01-01')));
    if (maxLoadedAt === undefined || snapshottedAt === undefined) {
      throw wrong(
        source,
        `Freshness of source ${source.source_name}.${source.name} is no time: ${JSON.stringify(row)}`,
      );
    }
    const status = judge(source, (snapshottedAt.getTime() - maxLoadedAt.getTime()) / 1000);
    const found = { maxLoadedAt, snapshottedAt };
    return { source, status, found, message: null, adapterResponse: response, started, finished: new Date(), thread };
  } catch (error) {
    const message = failureMessage(error, source);
    const finished = new Date();
    return { source, status: 'runtime error', message, adapterResponse: {}, started, finished, thread };
  } finally {
    await session?.close();
  }
}

interface Asked {
  /** The newest row's time and the database's own. */
  readonly row: readonly unknown[];
  readonly response: DataMap;
}

/** By the source's own query, by one of its columns, or else by what the database itself keeps of the table. */
async function ask(input: FreshnessInput, source: SourceNode, session: NodeSession): Promise<Asked> {
  const { compiler } = input;
  const { loaded_at_query: query, loaded_at_field: field } = source;
  const relation = sourceRelation(compiler.input.environment, source);
  const words = new Map<string, Value>([['this', relation]]);
  const node = bareNode(source.unique_id, source.package_name, source.original_file_path, query ?? '');
  const call = async (name: string, args: readonly Value[]): Promise<StatementResult> => {
    const macro = compiler.input.library.find(name, source.package_name);
    if (macro === undefined) throw noField(source);
    const context = compiler.context(node, session.facade, words);
    return resultOf(await runAsync(macro.call(context.scope, args))) ?? { rows: [], columns: [], response: {} };
  };
  try {
    if (query !== null) {
      const { compiled_code } = await runAsync(compiler.compile(node, session.facade, words));
      return firstRow(await call('collect_freshness_custom_sql', [relation, compiled_code]));
    }
    if (field !== null) {
      return firstRow(await call('collect_freshness', [relation, field, source.freshness?.filter ?? null]));
    }
    return lastModified(source, await call('get_relation_last_modified', [null, [relation]]));
  } catch (error) {
    throw explainTemplateError(error, source.original_file_path);
  }
}

function firstRow({ rows, response }: StatementResult): Asked {
  return { row: rows[0] ?? [], response };
}

/** The database's own answer: a row with last_modified and snapshotted_at among its columns. */
function lastModified(source: SourceNode, { rows, columns, response }: StatementResult): Asked {
  const [row] = rows;
  const cell = (name: string): unknown => row?.[columns.indexOf(name)];
  const about = `${source.schema}.${source.identifier}`;
  if (row === undefined) throw wrong(source, `There is no table ${about}`);
  if (cell('last_modified') === null) {
    const engine = columns.includes('engine') ? ` (engine ${String(cell('engine'))})` : '';
    throw wrong(source, `ClickHouse does not keep when rows came into ${about}${engine}`);
  }
  return { row: [cell('last_modified'), cell('snapshotted_at')], response };
}

function judge({ freshness }: SourceNode, age: number): FreshnessStatus {
  const exceeded = (
    threshold: { readonly count: number | null; readonly period: string | null } | undefined,
  ): boolean =>
    threshold?.count != null && age > threshold.count * (SECONDS[threshold.period ?? ''] ?? Number.POSITIVE_INFINITY);
  if (exceeded(freshness?.error_after)) return 'error';
  return exceeded(freshness?.warn_after) ? 'warn' : 'pass';
}

function noField(source: SourceNode): TsdbtError {
  return wrong(
    source,
    `Could not compute freshness for source ${source.name}: no 'loaded_at_field' provided and clickhouse adapter does not support metadata-based freshness checks.`,
  );
}

function wrong({ original_file_path: file }: SourceNode, message: string): TsdbtError {
  const hint = 'Give the source a loaded_at_field, or a loaded_at_query of one row and one column.';
  return new TsdbtError({ code: 'TSD3004', message, at: { file, line: 1, col: 0 }, hint });
}
