import { type At, isTsdbtError } from '../error/index.ts';
import type { GraphNode, MacroNode } from '../model/index.ts';
import { locate, nameIn } from './locate.ts';

type Macros = Readonly<Record<string, MacroNode>>;

/** Where a person has to look: as the error knows it, else where the model says what the server complains of, or calls the macro that says it. */
export function placeOf(node: GraphNode, error: unknown, macros: Macros): At {
  const file = node.original_file_path;
  const at = isTsdbtError(error) ? error.at : undefined;
  if (at !== undefined && (at.line > 1 || at.file !== file)) return at;
  const nowhere = { file, line: 0, col: 0 };
  if (!('raw_code' in node)) return nowhere;
  const message = error instanceof Error ? error.message : String(error);
  return { ...nowhere, ...(locate(message, node.raw_code) ?? callPlace(node, nameIn(message), macros)) };
}

/** Where the node calls a macro that contains the name, itself or in a macro that it calls. */
function callPlace(
  node: GraphNode,
  name: string | undefined,
  macros: Macros,
): { line: number; col: number } | undefined {
  if (name === undefined || !('raw_code' in node)) return undefined;
  const called = node.depends_on.macros.filter((id) => reaches(id, name, macros, new Set()));
  for (const id of called) {
    const offset = node.raw_code.search(new RegExp(`\\b${macros[id]?.name}\\s*\\(`));
    if (offset < 0) continue;
    const before = node.raw_code.slice(0, offset);
    const tag = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
    const start = tag < 0 ? offset : tag;
    const above = node.raw_code.slice(0, start);
    return { line: above.split('\n').length, col: start - above.lastIndexOf('\n') };
  }
  return undefined;
}

function reaches(id: string, name: string, macros: Macros, seen: Set<string>): boolean {
  const macro = macros[id];
  if (macro === undefined || seen.has(id)) return false;
  seen.add(id);
  return macro.macro_sql.includes(name) || macro.depends_on.macros.some((next) => reaches(next, name, macros, seen));
}
