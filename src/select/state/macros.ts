import type { MacroNode, NodeMap } from '../../model/index.ts';
import { type Fields, mapAt } from './data.ts';

/** Tells whether a node rests on a macro whose text changed, came or went, directly or through other macros. */
export function macroChanges(now: NodeMap<MacroNode>, before: NodeMap<MacroNode>): (node: Fields) => boolean {
  const changed = new Set<string>();
  for (const id of Object.keys({ ...before, ...now })) {
    if (now[id]?.macro_sql !== before[id]?.macro_sql) changed.add(id);
  }
  if (changed.size === 0) return () => false;
  const known = new Map<string, boolean>();
  const isAffected = (id: string): boolean => {
    const answer = known.get(id);
    if (answer !== undefined) return answer;
    // Macros may call one another in a circle: one being looked at changes nothing by itself.
    known.set(id, changed.has(id));
    const affected = changed.has(id) || (now[id]?.depends_on.macros ?? []).some(isAffected);
    known.set(id, affected);
    return affected;
  };
  return (node) => ((mapAt(node, 'depends_on')['macros'] as readonly string[]) ?? []).some(isAffected);
}
