import type { SyncDefinition } from '../types.ts';
import { quoteName } from './names.ts';
import type { SyncPlan } from './plan.ts';
import type { TargetShape } from './shape.ts';

export interface Counted {
  readonly sourceRows: number;
  readonly targetRows: number | undefined;
}

/** What a run would change, in lines for a person. */
export function differences(
  definition: SyncDefinition,
  plan: SyncPlan,
  target: TargetShape | undefined,
  { sourceRows, targetRows }: Counted,
): string[] {
  const lines: string[] = [];
  const way = plan.merge === undefined ? 'a new table takes its place' : `rows are merged (${definition.mode})`;
  lines.push(target === undefined ? 'the target does not exist: it is made' : way);
  lines.push(`rows: ${targetRows ?? 'none'} -> ${sourceRows}${share(sourceRows, targetRows)}`);
  for (const column of plan.columns) {
    if (column.added) lines.push(`+ column ${column.name} ${column.type} (from ${column.sourceType})`);
    if (column.widenedFrom !== undefined) lines.push(`~ column ${column.name} ${column.widenedFrom} -> ${column.type}`);
  }
  if (target && plan.merge === undefined) {
    const old = new Set(target.indexes.map((index) => index.name));
    const added = plan.indexes.filter((index) => !old.has(index.name));
    lines.push(...added.map((index) => `+ index ${index.name}`));
    if (definition.backup.keep === 1) lines.push(`the old table becomes ${quoteName(definition.backup.name)}`);
  }
  return lines;
}

function share(rows: number, before: number | undefined): string {
  return before ? ` (${Math.round((1000 * rows) / before) / 10} %)` : '';
}

/** Every statement in its order; those of ClickHouse say so. */
export function statements(plan: SyncPlan): string[] {
  const clickhouse = (sql: string) => `-- ClickHouse\n${sql}`;
  const load = [clickhouse(plan.exportSql), 'begin', ...plan.create, plan.copy, 'commit'];
  const lookups = plan.lookups.flatMap(({ copyOut }) => copyOut ?? []);
  const { merge } = plan;
  if (merge !== undefined) {
    const remove = merge.remove === undefined ? [] : [merge.remove];
    return [...lookups, ...load, 'begin', ...merge.prepare, merge.write, ...remove, ...merge.finish, 'commit'];
  }
  const built = plan.indexes.flatMap((index) => index.statements);
  const lock = plan.swap.locks.map((name) => quoteName(name)).join(', ');
  const locked = lock === '' ? [] : [`lock table ${lock} in access exclusive mode`];
  const swap = ['begin', ...locked, ...plan.swap.statements, 'commit', ...plan.swap.validate];
  return [...lookups, ...load, ...built, ...plan.dress, plan.vacuum, ...swap];
}
