import type { Step } from './sides.ts';

/** Where tsdbt is to do otherwise than dbt-clickhouse: what of the step is not compared, and why. */
interface Otherwise {
  readonly parts: readonly ('outcome' | 'relations' | 'statements')[];
  readonly why: string;
}

const OTHERWISE: Readonly<Record<string, Otherwise>> = {};

/** A line for each thing in which tsdbt's step is not dbt's. More statements than dbt's is one. */
export function differences(name: string, expected: Step, made: Step): string[] {
  const skipped = OTHERWISE[name]?.parts ?? [];
  const found: string[] = [];
  if (!skipped.includes('outcome')) {
    if (expected.success !== made.success) found.push(`success: ${expected.success} by dbt, ${made.success} by tsdbt`);
    const [theirs, ours] = [expected.results.join(', '), made.results.join(', ')];
    if (theirs !== ours) found.push(`results: ${theirs} by dbt, ${ours} by tsdbt`);
  }
  if (!skipped.includes('relations')) found.push(...relationDifferences(expected.changed, made.changed));
  if (!skipped.includes('statements') && made.statements > expected.statements) {
    found.push(`statements: ${expected.statements} by dbt, ${made.statements} by tsdbt`);
  }
  return found;
}

function relationDifferences(expected: Step['changed'], made: Step['changed']): string[] {
  return Object.keys({ ...expected, ...made }).flatMap((name) => {
    const [theirs, ours] = [JSON.stringify(expected[name]), JSON.stringify(made[name])];
    return theirs === ours ? [] : [`${name}: ${theirs ?? 'unchanged'}\n    by dbt, by tsdbt ${ours ?? 'unchanged'}`];
  });
}
