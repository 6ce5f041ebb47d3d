import { commandOn, rowsOf } from '../stir/server.ts';

/** A relation as a reader sees it. Names of databases begin with `q_`, whoever made them. */
export interface Print {
  /** Its CREATE statement as the server tells it: columns with types, codecs and comments, engine, keys, settings. */
  readonly definition: string;
  /** Its rows, sorted, one text each. */
  readonly rows: readonly string[];
}

export type Prints = Readonly<Record<string, Print>>;

export interface Server {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Snapshots keep the moment of the run, which no two runs share: of these columns only whether they are filled. */
const MOVING = /^(?:dbt_valid_from|dbt_valid_to|dbt_updated_at|dbt_scd_id)$/;

/** Every relation in the databases whose names begin with `prefix_`. */
export async function printsOf(server: Server, prefix: string): Promise<Prints> {
  await settle(server, prefix);
  const tables = await rowsOf(
    server,
    `select database, name, engine, create_table_query from system.tables where startsWith(database, '${prefix}_') order by 1, 2`,
  );
  const columns = await rowsOf(
    server,
    `select database, table, name from system.columns where startsWith(database, '${prefix}_') order by 1, 2, position`,
  );
  const prints: Record<string, Print> = {};
  for (const [database = '', name = '', engine = '', create = ''] of tables) {
    const own = columns
      .filter(([schema, table]) => schema === database && table === name)
      .map(([, , column]) => column!);
    const rows = engine === 'MaterializedView' ? [] : await rowsIn(server, `\`${database}\`.\`${name}\``, name, own);
    prints[neutral(`${database}.${name}`, prefix)] = { definition: neutral(create, prefix), rows };
  }
  return prints;
}

async function rowsIn(server: Server, from: string, name: string, columns: readonly string[]): Promise<string[]> {
  const values = columns.map((column) =>
    name.startsWith('snap_check') && MOVING.test(column) ? `\`${column}\` is null` : `\`${column}\``,
  );
  const rows = await rowsOf(server, `select ${values.join(', ')} from ${from}`);
  return rows.map((row) => row.join(' | ')).sort();
}

/** A refreshable view fills its table in its own time; nobody looks before it has. */
async function settle(server: Server, prefix: string): Promise<void> {
  const views = await rowsOf(
    server,
    `select database, view from system.view_refreshes where startsWith(database, '${prefix}_')`,
  );
  for (const [database, view] of views) await commandOn(server, `system wait view \`${database}\`.\`${view}\``);
}

/** Staging names of tsdbt hold an invocation's id, so do some of dbt's. */
function neutral(text: string, prefix: string): string {
  return text.replaceAll(`${prefix}_`, 'q_').replace(/[0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12}/g, 'ID');
}
