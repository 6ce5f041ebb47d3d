import { type At, TsdbtError } from '../error/index.ts';
import type { GraphMember, ProjectGraph } from './types.ts';

/** Throws TSD1104 that names the nodes of the first cycle found, in the order in which they read one another. */
export function failOnCycle(graph: ProjectGraph): void {
  const cycle = findCycle(graph);
  if (cycle === null) return;
  const first = graph.node(cycle[0] as string);
  throw new TsdbtError({
    code: 'TSD1104',
    message: `Found a cycle: ${cycle.join(' --> ')}`,
    at: { file: first.original_file_path, ...readingPlace(first, graph.node(cycle.at(-1) as string).name) },
    hint: 'One of these must stop reading the one before it.',
  });
}

/** Where the template of a node reads another by ref(); its first line where that is not to be seen. */
function readingPlace(node: GraphMember, name: string): Pick<At, 'line' | 'col'> {
  const text = 'raw_code' in node ? String(node.raw_code) : '';
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const offset = text.search(new RegExp(`\\bref\\s*\\([^)]*['"]${escaped}['"]`));
  if (offset < 0) return { line: 1, col: 0 };
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, col: (before.at(-1) as string).length + 1 };
}

/** Depth first with a stack of our own, as a long chain of models must not exhaust JavaScript's. */
function findCycle(graph: ProjectGraph): string[] | null {
  const finished = new Set<string>();
  for (const start of graph.ids) {
    if (finished.has(start)) continue;
    const path: string[] = [start];
    const onPath = new Set(path);
    const pending: string[][] = [[...graph.children(start)]];
    while (path.length > 0) {
      const child = pending.at(-1)?.pop();
      if (child === undefined) {
        const done = path.pop() as string;
        pending.pop();
        onPath.delete(done);
        finished.add(done);
      } else if (onPath.has(child)) {
        return path.slice(path.indexOf(child));
      } else if (!finished.has(child)) {
        path.push(child);
        onPath.add(child);
        pending.push([...graph.children(child)]);
      }
    }
  }
  return null;
}
