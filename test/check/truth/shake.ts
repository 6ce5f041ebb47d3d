import type { Model, Source, World } from './world.ts';

/** Ways to change the values of one column, leaving the rows and the other columns as they are. */
export const WAYS = ['turned', 'blank'] as const;
export type Way = (typeof WAYS)[number];

/** The name of a table's copy. */
export function copyOf(relation: string, database: string): string {
  return `${database}.\`${relation.replaceAll('`', '')}\``;
}

/** One thread, so that what depends on the order of rows is the same each time. */
const STEADY = 'max_threads = 1, max_insert_threads = 1, optimize_throw_if_noop = 0';

/** A copy of a source in which one column has other values. */
export async function shakeSource(
  { driver }: World,
  { relation }: Source,
  { name, type }: Source['columns'][number],
  way: Way,
): Promise<void> {
  const copy = copyOf(relation, 'shaken');
  await driver.query(`create or replace table ${copy} as ${relation} engine = MergeTree order by tuple()`);
  const column = `\`${name}\``;
  const blank = type.startsWith('Nullable') ? 'null' : `defaultValueOfTypeName('${type.replace(/'/g, "\\'")}')`;
  const other = `tupleElement(values[(number + 7) % length(values) + 1], 1)`;
  const value = { turned: other, blank }[way];
  await driver.query(
    `insert into ${copy} with (select groupArray(tuple(${column})) from ${relation}) as values
     select * except number replace (${value} as ${column}) from (select *, rowNumberInAllBlocks() as number from ${relation})
     settings ${STEADY}`,
  );
}

/** Builds a model anew into a database. Relations that `moved` has are read there too, other models as they are in `still`, sources where they are. */
export async function rebuild(
  { driver, models }: World,
  { relation, sql, settings }: Model,
  database: string,
  moved: ReadonlySet<string>,
): Promise<void> {
  const copy = copyOf(relation, database);
  const all = [...new Set([...moved, ...models.map((model) => model.relation)])];
  const own = all.reduce((text, one) => text.replaceAll(one, copyOf(one, moved.has(one) ? database : 'still')), sql);
  await driver.query(`create or replace table ${copy} as ${relation}`);
  const ends = [STEADY, settings].filter((text) => text !== '').join(', ');
  await driver.query(`insert into ${copy} select * from (\n${own}\n) settings ${ends}`);
}

/** What tells a column's values from others, for each column; and under '' all of the columns together, row by row. */
export async function printsOf(
  { driver }: World,
  table: string,
  columns: readonly { readonly name: string; readonly type: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (columns.length === 0) return new Map();
  const values = columns.map(({ name, type }) => steady(`\`${name}\``, type));
  const print = (list: readonly string[]): string => `toString(sum(cityHash64(toString(tuple(${list.join(', ')})))))`;
  const { rows } = await driver.query(
    `select toString(count()), ${[values, ...values.map((value) => [value])].map(print).join(', ')} from ${table}`,
    { fetch: true },
  );
  const [count, together, ...each] = rows[0] as string[];
  return new Map([['', `${count} ${together}`], ...columns.map(({ name }, i) => [name, each[i]!] as const)]);
}

/** Sums of floats differ in their last digits with the order of the rows, which the server is free to choose. */
function steady(value: string, type: string): string {
  return /^(?:Nullable\()?Float64/.test(type) ? `toFloat32(${value})` : value;
}
