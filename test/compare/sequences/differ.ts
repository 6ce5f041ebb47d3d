import type { Step } from './sides.ts';

type Part = 'outcome' | 'relations';

/** Steps in which dbt-clickhouse goes wrong on this server: what of them is not compared, and why. */
const OTHERWISE: Readonly<Record<string, readonly [part: Part, why: string][]>> = {
  // dbt's legacy strategy cannot leave a column out: it fails and leaves its staging tables.
  'inc_sc_leg_sync_all_columns.4_col_removed': [
    ['outcome', 'a column can go'],
    ['relations', 'a column can go'],
  ],
  // dbt's check strategy writes a column `snapshot_time.ts` into the snapshot and loses the values of `ts` (#691).
  'snap.2_nochange': [['relations', '#691']],
  'snap.3_changed': [['relations', '#691']],
  // Besides, its hard_deletes finds nothing without join_use_nulls (#271).
  'snap.4_hard_delete': [['relations', '#691, #271']],
  // dbt puts the limit behind the settings of the relationships test.
  show: [['outcome', 'the limit goes before the settings']],
};

/** What tsdbt never leaves: dbt's own means to an end. */
const MEANS = /__dbt_(?:view_tmp|tmp|new_data|backup)/;

/** A line for each thing in which tsdbt's step is not dbt's. More statements than dbt's is one. */
export function differences(name: string, expected: Step, made: Step): string[] {
  const skipped = (OTHERWISE[name] ?? []).map(([part]) => part);
  const found: string[] = [];
  if (!skipped.includes('outcome')) {
    if (expected.success !== made.success) found.push(`success: ${expected.success} by dbt, ${made.success} by tsdbt`);
    const [theirs, ours] = [expected.results.join(', '), made.results.join(', ')];
    if (theirs !== ours) found.push(`results: ${theirs} by dbt, ${ours} by tsdbt`);
  }
  if (!skipped.includes('relations')) found.push(...relationDifferences(expected.changed, made.changed));
  if (made.statements > expected.statements) {
    found.push(`statements: ${expected.statements} by dbt, ${made.statements} by tsdbt`);
  }
  return found;
}

function relationDifferences(expected: Step['changed'], made: Step['changed']): string[] {
  const names = Object.keys({ ...expected, ...made }).filter((name) => !MEANS.test(name) || made[name] !== undefined);
  return names.flatMap((name) => {
    const [theirs, ours] = [JSON.stringify(expected[name]), JSON.stringify(made[name])];
    return theirs === ours ? [] : [`${name}: ${theirs ?? 'unchanged'}\n    by dbt, by tsdbt ${ours ?? 'unchanged'}`];
  });
}
