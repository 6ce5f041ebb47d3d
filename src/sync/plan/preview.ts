import type { SyncDefinition } from '../types.ts';
import { quoteName } from './names.ts';
import type { SyncPlan } from './plan.ts';
import type { TargetShape } from './shape.ts';
import { hidden, type StageAccess, type StagedSql, stagedStatement } from './stage/access.ts';

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
    if (definition.backup.keep > 0) lines.push(`the old table becomes ${quoteName(definition.backup.name)}`);
  }
  return lines;
}

function share(rows: number, before: number | undefined): string {
  return before ? ` (${Math.round((1000 * rows) / before) / 10} %)` : '';
}

/** Every statement in its order; those of ClickHouse say so. `access`: where a file is, without its secrets. */
export function statements(plan: SyncPlan, access: StageAccess): string[] {
  const { stage } = plan;
  const clickhouse = (sql: string | StagedSql) => {
    const text = typeof sql === 'string' ? sql : stagedStatement(sql, stage!.file, hidden(access));
    return `-- ClickHouse\n${text}`;
  };
  const written = stage === undefined ? [] : [clickhouse(stage.write)];
  const load = [...written, clickhouse(plan.exportSql), 'begin', ...plan.create, plan.copy, 'commit'];
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
  const { bind, fill } = plan.matviews;
  const bound = bind.length > 0 ? ['begin', ...bind, 'commit', ...fill] : [];
  return [...lookups, ...load, ...built, ...plan.dress, ...bound, plan.vacuum, ...swap];
}
