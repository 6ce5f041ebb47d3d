import { cursorOf } from '../plan/cursor.ts';
import { stateTable } from '../plan/merge.ts';
import { readMark } from '../postgres/state.ts';
import type { SourceColumn, SyncDefinition } from '../types.ts';
import type { PrepareFacts } from './prepare.ts';

/** What of the source this run reads, and the mark it reaches by that. */
export interface Window {
  readonly source: string;
  readonly mark: string | undefined;
  /** All up to the mark, where `source` is less. */
  readonly whole?: string;
  readonly problems: readonly string[];
}

/** The whole source, or what is new in it since the last run. A target that is missing gets all of it again. */
export async function readWindow(
  definition: SyncDefinition,
  { clickhouse, connection, source }: PrepareFacts,
  columns: readonly SourceColumn[],
  targetExists: boolean,
): Promise<Window> {
  const { incremental, mode } = definition;
  if (!incremental) return { source, mark: undefined, problems: [] };
  const cursor = cursorOf(source, incremental, columns, mode === 'upsert');
  if (cursor === undefined) {
    const problem = `incremental.column "${incremental.column}" must be a date, a time or a whole number of the source`;
    return { source, mark: undefined, problems: [problem] };
  }
  const [row] = (await clickhouse.query(cursor.newestSql)).rows;
  const [newest, unknown] = row!;
  const problems =
    mode === 'append' && Number(unknown) > 0
      ? [`${String(unknown)} rows have no ${incremental.column}, so nobody can say whether they are new`]
      : [];
  const since = targetExists ? await readMark(connection, stateTable(definition), definition.name) : undefined;
  if (newest === null || newest === '' || Number(row![2]) === Number(unknown)) return { source, mark: since, problems };
  const mark = String(newest);
  const whole = since === undefined ? {} : { whole: cursor.window(undefined, mark) };
  return { source: cursor.window(since, mark), mark, problems, ...whole };
}
