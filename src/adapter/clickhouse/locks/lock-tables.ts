import { isDatabaseError } from '../driver/index.ts';
import { literal, quoteName } from '../driver/literal.ts';
import type { HistoryPlace } from '../history/history.ts';

/** A name's locks: tables `lock.NAME.N` with what they say as their comment. */
export interface LockTables {
  /** `now`: milliseconds since 1970 by the server's clock. */
  list(name: string): Promise<{ readonly now: number; readonly tables: readonly LockTable[] }>;
  /** CREATE TABLE is what only one can do: false where it is there already. */
  create(name: string, generation: number, text: string): Promise<boolean>;
  write(name: string, generation: number, text: string): Promise<void>;
  drop(name: string, generation: number): Promise<void>;
}

export interface LockTable {
  readonly generation: number;
  readonly text: string;
}

/**
 * Locks in ClickHouse, in the database of the run history. On a cluster every statement goes ON CLUSTER: its queue in
 * Keeper puts creators in an order, and the second finds the table there.
 */
export function makeLockTables({ driver, database, cluster }: HistoryPlace): LockTables {
  const where = cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`;
  const tableOf = (name: string, generation: number): string =>
    `${quoteName(database)}.${quoteName(`lock.${name}.${generation}`)}`;
  const create = async (name: string, generation: number, text: string): Promise<void> => {
    const table = tableOf(name, generation);
    await driver.query(`CREATE TABLE ${table}${where} (nothing UInt8) ENGINE = Memory COMMENT ${literal(text)}`);
  };
  return {
    async list(name) {
      const prefix = `lock.${name}.`;
      const { rows } = await driver.query(
        `SELECT toUnixTimestamp64Milli(now64(3)), groupArray((substring(name, ${prefix.length + 1}), comment))
         FROM system.tables WHERE database = ${literal(database)} AND startsWith(name, ${literal(prefix)})`,
      );
      const [now, found] = rows[0] as [unknown, readonly (readonly [string, string])[]];
      const tables = found.filter(([number]) => /^\d+$/.test(number));
      return { now: Number(now), tables: tables.map(([number, text]) => ({ generation: Number(number), text })) };
    },
    async create(name, generation, text) {
      try {
        await create(name, generation, text).catch(async (error: unknown) => {
          if (!isCalled(error, 'UNKNOWN_DATABASE')) throw error;
          await driver.query(`CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${where}`);
          await create(name, generation, text);
        });
        return true;
      } catch (error) {
        if (isCalled(error, 'TABLE_ALREADY_EXISTS')) return false;
        throw error;
      }
    },
    async write(name, generation, text) {
      await driver.query(`ALTER TABLE ${tableOf(name, generation)}${where} MODIFY COMMENT ${literal(text)}`);
    },
    async drop(name, generation) {
      await driver.query(`DROP TABLE IF EXISTS ${tableOf(name, generation)}${where} SYNC`);
    },
  };
}

function isCalled(error: unknown, name: string): boolean {
  return isDatabaseError(error) && error.databaseError.name === name;
}
