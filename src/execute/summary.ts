import type { CompilableNode, Emit, GraphNode, OperationNode, RunResult, RunStatus } from '../model/index.ts';
import type { ExecuteOutcome } from './types.ts';

type Ended = GraphNode | OperationNode;

/** The lines after the last node: what ran, how it ended, each problem again, the counts. */
export function summarize(
  emit: Emit,
  { results, elapsed }: Pick<ExecuteOutcome, 'results' | 'elapsed'>,
  nodeOf: (uniqueId: string) => Ended | undefined,
  interrupted: boolean,
): void {
  const blank = (): void => emit({ name: 'Formatting', data: { msg: '' } });
  blank();
  emit({ name: 'FinishedRunningStats', data: { stat_line: statLine(results, nodeOf), execution_time: elapsed } });
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
  for (const result of [...errors, ...warnings]) problem(emit, result, nodeOf(result.unique_id));
  blank();
  emit({ name: 'StatsLine', data: { stats: counts(results) } });
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

function problem(emit: Emit, result: RunResult, node: Ended | undefined): void {
  const warning = result.status === 'warn';
  const at = {
    resource_type: node?.resource_type ?? 'operation',
    node_name: node?.name ?? result.unique_id,
    path: node?.original_file_path ?? '',
  };
  emit({ name: 'Formatting', data: { msg: '' } });
  if (result.status === 'fail' || result.status === 'error' || warning) {
    emit({ name: warning ? 'RunResultWarning' : 'RunResultFailure', data: at });
  }
  if (result.message === null) emit({ name: 'RunResultErrorNoMessage', data: { status: result.status } });
  else emit({ name: warning ? 'RunResultWarningMessage' : 'RunResultError', data: { msg: result.message } });
  const path = (node as CompilableNode | undefined)?.compiled_path;
  if (path != null) {
    emit({ name: 'Formatting', data: { msg: '' } });
    emit({ name: 'SQLCompiledPath', data: { path } });
  }
  if (node?.resource_type === 'test' && node.relation_name !== null) {
    emit({ name: 'Formatting', data: { msg: '' } });
    emit({ name: 'CheckNodeTestFailure', data: { relation_name: node.relation_name } });
  }
}

/** `1 view model, 2 data tests`, sorted by name as dbt does. */
function statLine(results: readonly RunResult[], nodeOf: (uniqueId: string) => Ended | undefined): string {
  const kinds = new Map<string, number>();
  for (const result of results) {
    const node = nodeOf(result.unique_id);
    if (node === undefined) continue;
    const kind =
      node.resource_type === 'model'
        ? `${node.config.materialized} model`
        : node.resource_type === 'operation'
          ? 'project hook'
          : node.resource_type.replace('_', ' ').replace(/^test$/, 'data test');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => (count === 1 ? `1 ${kind}` : `${count} ${kind === 'analysis' ? 'analyses' : `${kind}s`}`))
    .join(', ');
}
