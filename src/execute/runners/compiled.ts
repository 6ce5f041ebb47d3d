import type { NodeSession } from '../../adapter/index.ts';
import type { RuntimeContext } from '../../context/index.ts';
import type { CompilableNode } from '../../model/index.ts';
import type { ExecuteInput } from '../types.ts';
import { materialize } from './materialize.ts';

/** Runs the materialization of a compiled node over its SQL. */
export function materializeCompiled(
  input: ExecuteInput,
  session: NodeSession,
  node: CompilableNode,
): Promise<RuntimeContext> {
  const sql = node.compiled_code ?? '';
  const words = new Map([
    ['sql', sql],
    ['compiled_code', sql],
  ]);
  return materialize(input, session, node, words);
}
