import { isTsdbtError } from '../error/index.ts';
import type { GraphNode, MacroNode, NodeProblem, RunResult } from '../model/index.ts';
import { testName } from './node-info.ts';
import { placeOf } from './place.ts';

/** Why a node failed or warned, with the place to look at; undefined for a node that is well. */
export function problemOf(
  node: GraphNode,
  result: RunResult,
  error: unknown,
  macros: Readonly<Record<string, MacroNode>>,
  compiledPath?: string | null,
): NodeProblem | undefined {
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
    ...placeOf(node, error ?? message, macros),
    hint: known?.hint,
    compiledPath: compiledPath ?? undefined,
  };
}
