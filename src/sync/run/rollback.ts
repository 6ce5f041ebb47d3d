import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { TsdbtError } from '../../error/index.ts';
import { backupTable } from '../plan/backups.ts';
import { shown } from '../plan/lookup.ts';
import type { TableName } from '../plan/names.ts';
import { planRollback, type RollbackPlan } from '../plan/rollback.ts';
import { readColumnTypes, readShape } from '../postgres/catalog.ts';
import { connect } from '../postgres/connection.ts';
import { countRows, readBackups } from '../postgres/state.ts';
import type { SyncDefinition, SyncResult } from '../types.ts';
import { inSession, refuse, type SessionDeps, type SyncSession } from './session.ts';
import { takePlace } from './take-place.ts';

/** Swaps a backup's rows back (1 is the newest). The rows that are there now become the newest backup. Throws TsdbtError where there is none. */
export function rollbackSync(definition: SyncDefinition, deps: SessionDeps, returning = 1): Promise<SyncResult> {
  return inSession(definition, deps, async (session) => {
    const { connection, phases } = session;
    const backupName = backupTable(definition, returning);
    const [target, backup] = [
      await readShape(connection, definition.table),
      await readColumnTypes(connection, backupName),
    ];
    if (target === undefined || backup === undefined || definition.mode !== 'swap') {
      throw noBackup(definition, backupName);
    }
    const existing = await readBackups(connection, definition);
    const plan = planRollback(definition, deps.invocationId, target, backup, { existing, returning });
    refuse(definition, plan.problems);
    guardBackup(definition, backupName, (await countRows(connection, backupName)) ?? 0);
    const rowsBefore = await countRows(connection, definition.table);
    const copied = await phases.run(
      'copy',
      () => copyBack(session, plan),
      (result) => result,
    );
    await takePlace(session, plan, target);
    const seconds = phases.total();
    phases.say('done', 'end', seconds, copied);
    return {
      name: definition.name,
      target: `${definition.table.schema}.${definition.table.name}`,
      format: 'binary',
      ...copied,
      rowsBefore,
      enriched: undefined,
      seconds,
      phases: phases.seconds,
    };
  });
}

/** Through us, because only COPY freezes rows, and frozen rows are what readers with an older snapshot need. */
async function copyBack({ connection, deps, definition }: SyncSession<SessionDeps>, plan: RollbackPlan) {
  const reader = await connect(deps.postgresUrl, `tsdbt sync ${definition.name} backup`);
  try {
    await connection.query(`begin; set local statement_timeout = ${Math.round(definition.timeouts.load * 1000)}`);
    for (const sql of plan.create) await connection.query(sql);
    const sink = connection.query(copyFrom(plan.copyIn));
    const source = reader.query(copyTo(plan.copyOut));
    let bytes = 0;
    source.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await pipeline(source, sink, { signal: deps.signal });
    await connection.query('commit');
    return { rows: sink.rowCount, bytes };
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  } finally {
    await reader.end().catch(() => {});
  }
}

/** A table that was made empty for the first sync is a backup too, but nobody wants it back. */
function guardBackup({ name, guards, at }: SyncDefinition, backup: TableName, rows: number): void {
  if (rows >= guards.min_rows) return;
  throw new TsdbtError({
    code: 'TSD5002',
    message: `sync ${name} cannot be rolled back: ${shown(backup)} has ${rows} rows, fewer than guards.min_rows (${guards.min_rows})`,
    at,
    hint: 'if the table is meant to be empty, lower the guard for this rollback',
  });
}

function noBackup({ name, at }: SyncDefinition, backup: TableName): TsdbtError {
  return new TsdbtError({
    code: 'TSD5002',
    message: `sync ${name} cannot be rolled back: there is no ${shown(backup)}`,
    at,
    hint: 'a backup is there after the second run of a sync with mode swap and backup.keep above 0',
  });
}
