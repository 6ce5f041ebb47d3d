import { Readable } from 'node:stream';
import { TsdbtError } from '../../../error/index.ts';
import type { Settings } from '../driver/index.ts';
import { literal, quoteName } from '../driver/literal.ts';
import type { HistoryPlace } from '../history/history.ts';
import { claimSql, dueSql, ownerIs } from './claim-sql.ts';
import { createSql, ledgerTable } from './table.ts';
import type { Claim, DeliveryLedger, LedgerCount, Letter } from './types.ts';

const LETTER = ['delivery', 'key', 'batch', 'state', 'revision', 'tries', 'reason', 'payload', 'at'] as const;
const SENT = 'key String, batch String, state String, revision UInt32, tries UInt32, reason String, payload String';

/** The ledger in the database of the run history, one table for all deliveries; made by the first claim. */
export function makeLedger(place: HistoryPlace): DeliveryLedger {
  const { driver, cluster } = place;
  const table = ledgerTable(place);
  // On several machines, what one has written the next has to see.
  const reading: Settings = cluster === undefined ? {} : { select_sequential_consistency: 1 };
  const writing: Settings =
    cluster === undefined ? {} : { ...reading, insert_quorum: 'auto', insert_quorum_parallel: 0 };

  return {
    async claim(name, claim) {
      const columns = await columnsOf(claim);
      if (!(await exists())) for (const sql of createSql(place)) await driver.query(sql);
      const prefix = `tsdbt-claim-${name.project}-${name.target}-${name.delivery}-`;
      // The server may go on with what a dead run has asked for.
      const everywhere = cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`;
      await driver.query(`KILL QUERY${everywhere} WHERE startsWith(query_id, ${literal(prefix)}) SYNC`);
      // One block is one part: there in whole or not at all.
      const whole = {
        min_insert_block_size_rows: claim.limit + 1,
        min_insert_block_size_bytes: 0,
        max_insert_threads: 1,
      };
      await driver.query(claimSql(table, name, claim, columns), {
        settings: { ...writing, ...whole },
        queryId: `${prefix}${claim.id}`,
      });
    },
    async due(name, claim) {
      await columnsOf(claim);
      const known = (await exists()) ? table : undefined;
      const { rows } = await driver.query(dueSql(known, name, claim), { settings: reading });
      return Number(rows[0]?.[0] ?? 0);
    },
    open: (name) =>
      letters(`${ownerIs(name)} AND delivery = ${literal(name.delivery)} AND state = 'open'`, 'batch, key'),
    async mark(name, marked) {
      const lines = marked.map((letter) => `${JSON.stringify({ ...letter, revision: letter.revision + 1 })}\n`);
      const constants = [name.project, name.target, name.delivery].map(literal).join(', ');
      const sql = `INSERT INTO ${table} (project, target, delivery, key, batch, state, revision, tries, reason, payload)
        SELECT ${constants}, key, batch, state, revision, tries, reason, payload FROM input(${literal(SENT)}) FORMAT JSONEachRow`;
      const settings = { ...writing, input_format_skip_unknown_fields: 1, async_insert: 0 };
      await driver.insertStream(sql, Readable.from([Buffer.from(lines.join(''))]), { settings });
    },
    async counts(owner) {
      const rows = await read(
        `SELECT delivery, countIf(state = 'open'), countIf(state = 'sent'), countIf(state = 'dead'), toString(max(at))
         FROM ${table} FINAL WHERE ${ownerIs(owner)} GROUP BY delivery ORDER BY delivery`,
      );
      return rows.map(
        ([delivery, open, sent, dead, at]): LedgerCount => ({
          delivery: String(delivery),
          open: Number(open),
          sent: Number(sent),
          dead: Number(dead),
          at: String(at),
        }),
      );
    },
    dead(owner, delivery, limit) {
      const only = delivery === undefined ? '' : ` AND delivery = ${literal(delivery)}`;
      return letters(`${ownerIs(owner)}${only} AND state = 'dead'`, `at, delivery, key LIMIT ${limit}`);
    },
  };

  async function letters(where: string, order: string): Promise<readonly Letter[]> {
    const columns = LETTER.map((name) => (name === 'at' ? 'toString(at)' : name)).join(', ');
    const rows = await read(`SELECT ${columns} FROM ${table} FINAL WHERE ${where} ORDER BY ${order}`);
    return rows.map((row) => Object.fromEntries(LETTER.map((name, i) => [name, row[i]])) as unknown as Letter);
  }

  /** Names and types of what the select gives. */
  async function columnsOf({ sql, key }: Pick<Claim, 'sql' | 'key'>): Promise<readonly (readonly [string, string])[]> {
    const { rows } = await driver.query(`DESCRIBE TABLE (\n${sql}\n)`);
    const columns = rows.map(([name, type]) => [String(name), String(type)] as const);
    const missing = key.find((name) => !columns.some(([known]) => known === name));
    if (missing === undefined) return columns;
    throw new TsdbtError({
      code: 'TSD6002',
      message: `the rows have no column '${missing}', which their key names`,
      hint: `They have: ${columns.map(([name]) => name).join(', ')}.`,
    });
  }

  async function exists(): Promise<boolean> {
    return Number((await driver.query(`EXISTS TABLE ${table}`)).rows[0]?.[0]) === 1;
  }

  async function read(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await exists()) ? (await driver.query(sql, { settings: reading })).rows : [];
  }
}
