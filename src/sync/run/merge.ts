import { setTimeout as sleep } from 'node:timers/promises';
import { TsdbtError } from '../../error/index.ts';
import type { MergePlan } from '../plan/merge.ts';
import { quoteName, type TableName } from '../plan/names.ts';
import type { TargetShape } from '../plan/shape.ts';
import { type Connection, rowsOf } from '../postgres/connection.ts';
import { resumable } from './resume.ts';
import { type SyncSession, setStatementTimeout } from './session.ts';

export interface Changed {
  readonly written: number;
  readonly deleted: number;
}

const RETRIED = new Set(['40P01', '40001']);
const TRIES = 5;

/** Takes the loaded rows over in one transaction: rows, what was written, high-water mark and hooks change together or not at all. */
export function mergeRows(
  session: SyncSession,
  merge: MergePlan,
  target: TargetShape,
  temporary: TableName,
): Promise<Changed | undefined> {
  const work = async (): Promise<Changed> => {
    await setStatementTimeout(session, session.definition.timeouts.load);
    for (let tries = 1; ; tries++) {
      try {
        return await mergeOnce(session, merge, target);
      } catch (error) {
        await session.connection.query('rollback').catch(() => {});
        if (!RETRIED.has((error as { code?: string }).code ?? '') || tries === TRIES) throw error;
        await sleep(100 * tries * (1 + Math.random()));
      }
    }
  };
  return resumable(session, 'merge', async (again) => {
    // The loaded table goes with the commit, the word of which may be what was lost, and the counts with it.
    if (again && !(await isThere(session.connection, temporary))) return undefined;
    return session.phases.run('merge', work, ({ written, deleted }) => ({ rows: written + deleted }));
  });
}

async function isThere(connection: Connection, table: TableName): Promise<boolean> {
  const sql = 'select to_regclass($1) is not null as there';
  const [row] = await rowsOf<{ there: boolean }>(connection, sql, [quoteName(table)]);
  return row!.there;
}

async function mergeOnce(
  { definition, connection }: SyncSession,
  merge: MergePlan,
  target: TargetShape,
): Promise<Changed> {
  await connection.query(`begin; set local search_path = ''`);
  const { table } = definition;
  const [now] = await rowsOf<{ oid: string | null }>(connection, 'select to_regclass($1)::oid::text as oid', [
    quoteName(table),
  ]);
  if (now?.oid !== String(target.oid)) {
    throw new TsdbtError({
      code: 'TSD5002',
      message: `${table.schema}.${table.name} was replaced while the sync was at work, so nothing was merged into it`,
      hint: 'run the sync again',
    });
  }
  for (const sql of merge.prepare) await connection.query(sql);
  const written = (await connection.query(merge.write)).rowCount ?? 0;
  const deleted = merge.remove === undefined ? 0 : ((await connection.query(merge.remove)).rowCount ?? 0);
  for (const sql of merge.finish) await connection.query(sql);
  await connection.query('commit');
  return { written, deleted };
}
