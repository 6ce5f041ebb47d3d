import type { CompilableNode, Emit, GraphNode, Level, OperationNode, RunResult } from '../model/index.ts';
import { nodeInfo } from './node-info.ts';

/** What went wrong with one node, told again at the end of a run; @param isSpaced after an empty line */
export function describeProblem(
  emit: Emit,
  result: Pick<RunResult, 'status' | 'message' | 'unique_id'>,
  node: GraphNode | OperationNode | undefined,
  isSpaced = true,
): void {
  const { status, message } = result;
  const node_info = node === undefined ? {} : nodeInfo(node as GraphNode, { status: 'None' });
  const say = (name: string, data: object, level?: Level): void =>
    emit({ name, data: { ...data, node_info }, ...(level === undefined ? {} : { level }) });
  const blank = (level?: Level): void =>
    emit({ name: 'Formatting', data: { msg: '' }, ...(level === undefined ? {} : { level }) });
  if (status === 'skipped') {
    // What was skipped because of something else is already known from that.
    blank('debug');
    say('RunResultError', { msg: message ?? '' }, 'debug');
    return;
  }
  if (status !== 'error' && status !== 'fail' && status !== 'warn') {
    if (message === null) return;
    blank();
    say('RunResultError', { msg: message });
    return;
  }
  if (isSpaced) blank();
  const warning = status === 'warn';
  say(warning ? 'RunResultWarning' : 'RunResultFailure', {
    resource_type: node?.resource_type ?? 'operation',
    node_name: node?.name ?? result.unique_id,
    path: node?.original_file_path ?? '',
  });
  if (message === null || message === '') say('RunResultErrorNoMessage', { status });
  else say(warning ? 'RunResultWarningMessage' : 'RunResultError', { msg: message });
  const path = (node as CompilableNode | undefined)?.compiled_path;
  if (path != null) {
    blank();
    say('SQLCompiledPath', { path });
  }
  if (node?.resource_type === 'test' && node.relation_name !== null) {
    blank();
    say('CheckNodeTestFailure', { relation_name: node.relation_name });
  }
}
