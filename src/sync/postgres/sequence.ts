import { quoteName, type TableName } from '../plan/names.ts';
import { type Connection, rowsOf } from './connection.ts';

/**
 * Takes `count` numbers in a row from a sequence and returns the first. The two ALTERs lock it, so that nobody else
 * takes a number between them; the first nextval is needed because a sequence never used gives its start whatever the step.
 */
export async function reserveIds(connection: Connection, sequence: TableName, count: number): Promise<bigint> {
  const name = quoteName(sequence);
  await connection.query('begin');
  try {
    await connection.query(`create sequence if not exists ${name}`);
    const [before] = await rowsOf<{ step: string }>(
      connection,
      'select seqincrement::text as step from pg_sequence where seqrelid = $1::regclass',
      [name],
    );
    await connection.query(`alter sequence ${name} increment by ${Math.max(count, 1)}`);
    const [row] = await rowsOf<{ first: string }>(connection, 'select nextval($1::regclass)::text as first', [name]);
    await connection.query('select nextval($1::regclass)', [name]);
    await connection.query(`alter sequence ${name} increment by ${before!.step}`);
    await connection.query('commit');
    return BigInt(row!.first) + 1n;
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  }
}
