import { isTsdbtError } from '../error/index.ts';
import type { GraphNode, NodeProblem, RunResult } from '../model/index.ts';
import { locate } from './locate.ts';
import { testName } from './node-info.ts';

/** Why a node failed or warned, with the place to look at; undefined for a node that is well. */
export function problemOf(node: GraphNode, result: RunResult, error: unknown): NodeProblem | undefined {
  const { status } = result;
  if (status !== 'error' && status !== 'fail' && status !== 'warn' && status !== 'partial success') return undefined;
  const known = isTsdbtError(error) ? error : undefined;
  const message = known?.message ?? (error instanceof Error ? error.message : (result.message ?? status));
  return {
    severity: status === 'warn' ? 'warn' : 'error',
    status,
    resourceType: node.resource_type,
    name: testName(node),
    code: known?.code,
    message: message.trim(),
    ...placeOf(node, message, known?.at),
    hint: known?.hint,
  };
}

function placeOf(
  node: GraphNode,
  message: string,
  at: { readonly file: string; readonly line: number; readonly col: number } | undefined,
): Pick<NodeProblem, 'file' | 'line' | 'col'> {
  const file = node.original_file_path;
  if (at !== undefined && (at.line > 1 || at.file !== file)) return at;
  const spot = 'raw_code' in node ? locate(message, node.raw_code) : undefined;
  return { file, line: spot?.line ?? 0, col: spot?.col ?? 0 };
}
