import type { RuntimeContext } from '../context/index.ts';
import type { CompilableNode } from '../model/index.ts';

/** unique_ids of the macros a context called that stood in so many others. */
export function calledAt({ calledMacros }: RuntimeContext, depth: number): string[] {
  return [...calledMacros].filter(([, within]) => within === depth).map(([id]) => id);
}

/** What was called joins what parsing saw: dbt's manifest tells both. */
export function withMacros<T extends CompilableNode>(node: T, called: readonly string[]): T {
  const known = node.depends_on.macros;
  const more = called.filter((id) => !known.includes(id));
  return more.length === 0 ? node : { ...node, depends_on: { ...node.depends_on, macros: [...known, ...more] } };
}
