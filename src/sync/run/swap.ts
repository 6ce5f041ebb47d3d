import { setTimeout as sleep } from 'node:timers/promises';
import { TsdbtError } from '../../error/index.ts';
import { quoteName, type TableName } from '../plan/names.ts';
import type { TargetShape } from '../plan/shape.ts';
import type { SwapPlan } from '../plan/swap.ts';
import { shapeInTransaction } from '../postgres/catalog.ts';
import { type Connection, rowsOf } from '../postgres/connection.ts';
import type { SyncDefinition } from '../types.ts';
import type { SessionDeps, SyncSession } from './session.ts';

/** A waiting ALTER makes every new reader wait behind it, so we wait briefly and often instead. */
const LOCK_TIMEOUT_MS = 100;
const PAUSE_MS = 300;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** The target has got a row that the loaded ones do not replace. */
export class StrangersCame extends Error {}

/** Runs the renames in one transaction, as soon as the locks can be had without making readers wait. Returns the number of tries. `strangers` asks whether a row would be lost: then StrangersCame is thrown. */
export async function swap(
  { definition, connection, deps }: SyncSession<SessionDeps>,
  plan: Pick<SwapPlan, 'locks' | 'statements'>,
  before: TargetShape | undefined,
  strangers?: string,
): Promise<number> {
  const { table, timeouts } = definition;
  const deadline = Date.now() + timeouts.swap * 1000;
  for (let tries = 1; ; tries++) {
    try {
      deps.signal?.throwIfAborted();
      await swapOnce(connection, table, plan, before, strangers);
      return tries;
    } catch (error) {
      await connection.query('rollback');
      const { code } = error as { code?: string };
      if (code !== LOCK_NOT_AVAILABLE && code !== DEADLOCK) throw error;
      if (Date.now() >= deadline) throw await blocked(connection, plan.locks, timeouts.swap);
      await sleep(PAUSE_MS + Math.random() * PAUSE_MS);
    }
  }
}

async function swapOnce(
  connection: Connection,
  table: TableName,
  plan: Pick<SwapPlan, 'locks' | 'statements'>,
  before: TargetShape | undefined,
  strangers: string | undefined,
): Promise<void> {
  await connection.query(`begin; set local lock_timeout = ${LOCK_TIMEOUT_MS}; set local search_path = ''`);
  if (strangers !== undefined) {
    // Readers go on meanwhile; writers wait, or a row of theirs could be lost.
    await connection.query(`lock table ${quoteName(table)} in share row exclusive mode`);
    const [row] = await rowsOf<{ strangers: boolean }>(connection, strangers);
    if (row!.strangers) throw new StrangersCame();
  }
  if (plan.locks.length > 0) {
    await connection.query(
      `lock table ${plan.locks.map((name) => quoteName(name)).join(', ')} in access exclusive mode`,
    );
  }
  const now = await shapeInTransaction(connection, table);
  if (JSON.stringify(now) !== JSON.stringify(before)) {
    throw new TsdbtError({
      code: 'TSD5002',
      message: `${table.schema}.${table.name} was altered while the sync was at work, so it was not swapped`,
      hint: 'run the sync again',
    });
  }
  await connection.query([...plan.statements, 'commit'].join(';\n'));
}

async function blocked(connection: Connection, locks: readonly TableName[], seconds: number): Promise<TsdbtError> {
  const names = locks.map((name) => quoteName(name));
  const holders = await rowsOf<{ pid: number; who: string; query: string }>(
    connection,
    `select distinct a.pid, concat_ws(' ', a.usename, nullif(a.application_name, ''), a.state) as who, left(a.query, 80) as query
     from pg_locks l join pg_stat_activity a using (pid)
     where l.granted and l.pid <> pg_backend_pid() and l.relation = any($1::regclass[]::oid[])`,
    [names],
  );
  const list = holders.map(({ pid, who, query }) => `backend ${pid} (${who}): ${query}`).join('; ');
  return new TsdbtError({
    code: 'TSD5002',
    message: `no lock on ${names.join(', ')} within ${seconds} seconds; held by ${list || 'transactions that have ended meanwhile'}`,
    hint: 'end the transactions that are named, or raise timeouts.swap',
  });
}

/** The new table is in place by now; what fails here must say so. */
export async function validate(
  definition: SyncDefinition,
  connection: Connection,
  statements: readonly string[],
): Promise<void> {
  for (const sql of statements) {
    await connection.query(sql).catch((cause: Error) => {
      throw new TsdbtError({
        code: 'TSD5002',
        message: `sync ${definition.name} has swapped, but a foreign key to the table was not validated: ${cause.message}`,
        at: definition.at,
        hint: `when its rows are right again: ${sql}`,
        cause,
      });
    });
  }
}
