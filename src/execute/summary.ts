import type { Emit, GraphNode, OperationNode, RunResult, RunStatus } from '../model/index.ts';
import { plural } from '../util/plural.ts';
import { describeProblem } from './problem.ts';
import { loggedResult } from './run-result-event.ts';
import type { ExecuteOutcome } from './types.ts';

type Ended = GraphNode | OperationNode;

/** The line after the last node: what ran, and how long it took. A command that builds nothing leaves it out. */
export function announceEnd(
  emit: Emit,
  { results, elapsed }: Pick<ExecuteOutcome, 'results' | 'elapsed'>,
  nodeOf: (uniqueId: string) => Ended | undefined,
  quiet = false,
): void {
  if (!quiet) announceFinished(emit, results, elapsed, nodeOf);
  const generated_at = `${new Date().toISOString().slice(0, 19)}Z`;
  const data = { elapsed_time: elapsed, generated_at, results: results.map(loggedResult), success: isGood(results) };
  emit({ name: 'EndRunResult', data });
}

/** `Finished running 3 view models, 2 data tests in …`. */
export function announceFinished(
  emit: Emit,
  results: readonly Pick<RunResult, 'unique_id'>[],
  elapsed: number,
  nodeOf: (uniqueId: string) => Ended | undefined,
): void {
  emit({ name: 'Formatting', data: { msg: '' } });
  const stat_line = statLine(results, nodeOf);
  emit({ name: 'FinishedRunningStats', data: { stat_line, execution: humanTime(elapsed), execution_time: elapsed } });
}

/** The lines after the artifacts: how it ended, each problem again, the counts. */
export function summarize(
  emit: Emit,
  { results }: Pick<ExecuteOutcome, 'results'>,
  nodeOf: (uniqueId: string) => Ended | undefined,
  interrupted: boolean,
): void {
  const blank = (): void => emit({ name: 'Formatting', data: { msg: '' } });
  const errors = results.filter((result) => isError(result, nodeOf(result.unique_id)));
  const warnings = results.filter((result) => result.status === 'warn');
  const partial = results.filter((result) => result.status === 'partial success');
  blank();
  emit({
    name: 'EndOfRunSummary',
    data: {
      num_errors: errors.length,
      num_warnings: warnings.length,
      num_partial_success: partial.length,
      keyboard_interrupt: interrupted,
    },
  });
  for (const result of [...errors, ...warnings]) describeProblem(emit, result, nodeOf(result.unique_id));
  blank();
  emit({ name: 'StatsLine', data: { stats: counts(results) } });
}

function isGood(results: readonly RunResult[]): boolean {
  return results.every(({ status }) => KIND[status] !== 'error' && status !== 'skipped');
}

/** ` in 1 hours 2 minutes and 3.25 seconds`, as dbt has it. */
function humanTime(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return ` in ${hours} hours ${minutes} minutes and ${(seconds % 60).toFixed(2)} seconds`;
}

const KIND: Readonly<Record<RunStatus, string>> = {
  success: 'pass',
  pass: 'pass',
  error: 'error',
  fail: 'error',
  'partial success': 'error',
  'runtime error': 'error',
  skipped: 'skip',
  warn: 'warn',
  'no-op': 'noop',
  reused: 'reused',
};

export function counts(results: readonly RunResult[]): Record<string, number> {
  const stats: Record<string, number> = {
    error: 0,
    skip: 0,
    pass: 0,
    warn: 0,
    noop: 0,
    reused: 0,
    total: results.length,
  };
  for (const result of results) stats[KIND[result.status]]!++;
  return stats;
}

function isError(result: RunResult, node: Ended | undefined): boolean {
  if (result.status === 'skipped') return result.message !== null && node?.resource_type !== 'exposure';
  return KIND[result.status] === 'error' && result.status !== 'partial success';
}

/** `3 view models, 2 data tests`, in the order of dbt's own names. */
function statLine(
  results: readonly Pick<RunResult, 'unique_id'>[],
  nodeOf: (uniqueId: string) => Ended | undefined,
): string {
  const kinds = new Map<string, number>();
  for (const result of results) {
    const node = nodeOf(result.unique_id);
    if (node === undefined) continue;
    const kind =
      node.resource_type === 'model'
        ? `${node.config.materialized} model`
        : node.resource_type === 'operation'
          ? 'project hook'
          : node.resource_type;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => plural(count, kind === 'test' && count > 1 ? 'data test' : kind))
    .join(', ');
}
