import type { SyncDefinition } from '../types.ts';
import type { PlannedColumn } from './columns.ts';
import { lossesOf } from './losses.ts';
import { comparable, sameKey } from './merge.ts';
import { quoteName, type TableName } from './names.ts';
import type { TargetShape } from './shape.ts';

/** Fewer rows are merged within a second, whatever share of the table they are. */
const WORTH_ROWS = 10_000;

/** How an upsert that would change much of a table becomes a swap, which costs a quarter for each row. */
export interface FullSwapPlan {
  /** One row: `written` (new or changed), and `strangers`: rows that the loaded ones do not replace. */
  readonly compare: string;
  /** Whether there is a stranger; asked while nobody can write. */
  readonly strangers: string;
}

/** Undefined where a swap would not leave what an upsert leaves. */
export function planFullSwap(
  definition: SyncDefinition,
  temporary: TableName,
  columns: readonly PlannedColumn[],
  target: TargetShape,
): FullSwapPlan | undefined {
  const { mode, key, full_swap_above } = definition;
  if (mode !== 'upsert' || full_swap_above >= 1 || !leavesTheSame(definition, columns, target)) return undefined;
  const [old, loaded] = [quoteName(definition.table), quoteName(temporary)];
  const first = quoteName(key[0]!);
  const same = sameKey(definition, 't', 'n');
  const others = columns.filter(({ name }) => !key.includes(name));
  const row = (of: string) => others.map((column) => comparable(of, column)).join(', ');
  const isGrown = columns.some(({ added }) => added);
  const differs = isGrown ? 'true' : others.length === 0 ? 'false' : `(${row('t')}) is distinct from (${row('n')})`;
  return {
    compare: `select count(*) filter (where t.${first} is null or n.${first} is not null and ${differs})::float8 as written,
      count(*) filter (where n.${first} is null)::float8 as strangers from ${old} t full join ${loaded} n on ${same}`,
    strangers: `select exists (select from ${old} t where not exists (select from ${loaded} n where ${same})) as strangers`,
  };
}

/** A table of our own, no columns that the sync does not fill, no triggers, rules or publications that see each row, nothing that refers to rows or that a swap loses. */
function leavesTheSame(definition: SyncDefinition, columns: readonly PlannedColumn[], target: TargetShape): boolean {
  const filled = new Set(columns.map(({ name }) => name));
  const isWhole = target.columns.every(({ name, generated }) => generated || filled.has(name));
  const isWatched = target.carried.some(({ sql }) => WATCHES.test(sql));
  const { refused, allowed } = lossesOf(definition, target);
  const rests = [...target.inbound, ...target.matviews, ...refused, ...allowed];
  return target.isOurs && isWhole && !isWatched && rests.length === 0;
}

const WATCHES = /^(CREATE (CONSTRAINT )?TRIGGER|CREATE RULE|alter publication) /;

/** Whether so many rows to write, of so many, are more than the definition lets be merged. */
export function isWorthSwapping({ full_swap_above }: SyncDefinition, rows: number, all: number): boolean {
  return rows >= WORTH_ROWS && rows > full_swap_above * all;
}
