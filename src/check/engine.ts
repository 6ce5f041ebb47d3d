import type { DatabaseErrorInfo, Driver } from '../adapter/index.ts';
import { isDatabaseError } from '../adapter/index.ts';
import { attribute, listed, nodesIn, parseTree, type TreeNode } from './lineage/tree.ts';
import type { Column } from './types.ts';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DatabaseErrorInfo };

/** The columns of a query. Its own lines begin on the second line of the statement. */
export function describe(engine: Driver, sql: string, settings = ''): Promise<Answer<readonly Column[]>> {
  return answer(async () => {
    const { rows } = await engine.query(`describe (\n${sql}\n) ${settings}`, { fetch: true });
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  });
}

/** A query as the engine understands it: names and types resolved, nothing optimized. */
export interface Understood {
  readonly columns: readonly Column[];
  readonly tree: TreeNode;
}

/** Asks once for what DESCRIBE and EXPLAIN say. The query's own lines begin on the second line of the statement. */
export function understand(engine: Driver, sql: string, settings = ''): Promise<Answer<Understood>> {
  return answer(async () => {
    const statement = `explain query tree run_passes = 1, passes = 1 select * from (\n${sql}\n) ${settings}`;
    const { rows } = await engine.query(statement, { fetch: true });
    const tree = parseTree(rows.map(([line]) => String(line)));
    if (tree === null) throw new Error(`no query tree of:\n${sql}`);
    const columns = nodesIn(tree, 'PROJECTION').flatMap(listed);
    return { columns: columns.map(columnOf), tree };
  });
}

/** Of `select *`: always a COLUMN of the query below. */
function columnOf(node: TreeNode): Column {
  return { name: attribute(node, 'column_name') ?? '', type: attribute(node, 'result_type') ?? '' };
}

/** Columns given as `name Type` with the types as the engine writes them. */
export function describeColumns(engine: Driver, columns: readonly Column[]): Promise<Answer<readonly Column[]>> {
  return answer(async () => {
    const structure = columnList(columns).replace(/[\\']/g, '\\$&');
    const { rows } = await engine.query(`describe null('${structure}')`, { fetch: true });
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  });
}

/** The statement that makes a table of columns. */
export function tableOf(relation: string, columns: readonly Column[], clauses: string): string {
  return `create table ${relation} (${columnList(columns)})\n${clauses}`;
}

/** For tables that models read and no model makes: readers may say FINAL, so their shadows can. */
export const READABLE = 'engine = ReplacingMergeTree order by tuple()';

/** Where shadows lie. */
export async function makeDatabase(engine: Driver, schema: string, { anew = false } = {}): Promise<void> {
  const name = quoted(schema);
  if (anew) await engine.query(`drop database if exists ${name}`, { fetch: false });
  await engine.query(`create database if not exists ${name} engine = Memory`, { fetch: false });
}

function quoted(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

function columnList(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ');
}

/** What the engine refuses is an answer; anything else that goes wrong is not. */
export async function answer<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    return { ok: false, error: error.databaseError };
  }
}
