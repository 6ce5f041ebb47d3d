import { randomUUID } from 'node:crypto';
import { type CopyResult, copyRows, sendLookups } from './copy.ts';
import { withOffender } from './offender.ts';
import type { Prepared } from './prepare.ts';
import type { SyncSession } from './session.ts';

/** One transaction makes the table and fills it: that is what FREEZE asks for, and a load that dies leaves nothing. */
export function load(session: SyncSession, { plan }: Prepared): Promise<CopyResult> {
  const { definition, deps, connection, phases } = session;
  const options = {
    sessionId: randomUUID(),
    signal: deps.signal,
    onBytes: (bytes: number) => phases.progress('copy', { bytes }),
  };
  const work = async (): Promise<CopyResult> => {
    try {
      await sendLookups(deps.clickhouse, connection, plan, options);
      const milliseconds = Math.round(definition.timeouts.load * 1000);
      await connection.query(`begin; set local statement_timeout = ${milliseconds}`);
      for (const sql of plan.create) await connection.query(sql);
      const copied = await copyRows(deps.clickhouse, connection, plan, options);
      await connection.query('commit');
      return copied;
    } catch (error) {
      await connection.query('rollback').catch(() => {});
      throw await withOffender(session, plan, error);
    } finally {
      if (plan.lookups.length > 0) await deps.clickhouse.endSession(options.sessionId);
    }
  };
  return phases.run('copy', work, (result) => result);
}
