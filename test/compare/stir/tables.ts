import type { PrivateServer } from '../../../src/adapter/index.ts';
import { printable } from './printable.ts';
import { rowsOf } from './server.ts';

/** A table as a reader sees it. */
export interface TablePrint {
  /** Engine with its keys and settings. */
  readonly engine: string;
  /** `name Type codec`, in order. */
  readonly columns: readonly string[];
  /** Count and checksum of the rows, whatever their order, as FINAL reads them; floats to nine significant digits. */
  readonly rows: string;
}

export type Tables = Readonly<Record<string, TablePrint>>;

export async function tablesOf(server: PrivateServer, database: string): Promise<Tables> {
  const columns = new Map<string, { name: string; type: string; text: string }[]>();
  const found = await rowsOf(
    server,
    `select table, name, type, compression_codec, default_kind, default_expression from system.columns
    where database = '${database}' order by table, position`,
  );
  for (const [table = '', name = '', type = '', ...more] of found) {
    const text = [name, type, ...more].join(' ').trim();
    columns.set(table, [...(columns.get(table) ?? []), { name, type, text }]);
  }
  const tables = await rowsOf(
    server,
    `select name, engine, engine_full, primary_key from system.tables where database = '${database}' order by name`,
  );
  const prints: Record<string, TablePrint> = {};
  for (const [name = '', engine = '', engineFull = '', primaryKey = ''] of tables) {
    const own = columns.get(name) ?? [];
    const values = own.map((column) => printable(`\`${column.name}\``, column.type));
    const from = `${database}.\`${name}\`${/Replacing|Collapsing|Summing|Aggregating/.test(engine) ? ' final' : ''}`;
    const sql = `select count(), sum(cityHash64(toString(tuple(${values.join(', ')})))) from ${from}`;
    const [cells = []] = await rowsOf(server, sql);
    prints[name] = {
      engine: [engineFull || engine, primaryKey && `primary key ${primaryKey}`].filter(Boolean).join(', '),
      columns: own.map(({ text }) => text),
      rows: cells.join(' '),
    };
  }
  return prints;
}

/** A line for each table that is not the same on both sides: the first thing in which it differs. */
export function tableDifferences(expected: Tables, actual: Tables): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
  return names.flatMap((name) => {
    const [mine, other] = [expected[name], actual[name]];
    if (mine === undefined || other === undefined) return [`${name}: only ${mine ? 'dbt' : 'tsdbt'} has it`];
    if (mine.engine !== other.engine) return [`${name}: ${mine.engine} by dbt, ${other.engine} by tsdbt`];
    const at = mine.columns.findIndex((column, i) => column !== other.columns[i]);
    if (at >= 0 || mine.columns.length !== other.columns.length) {
      return [`${name}: columns ${mine.columns.slice(at)} by dbt, ${other.columns.slice(at)} by tsdbt`];
    }
    return mine.rows === other.rows ? [] : [`${name}: rows ${mine.rows} by dbt, ${other.rows} by tsdbt`];
  });
}
