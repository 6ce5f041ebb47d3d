import { TsdbtError } from '../error/index.ts';
import type { ProjectGraph } from './types.ts';

/** Throws TSD1104 that names the nodes of the first cycle found, in the order in which they read one another. */
export function failOnCycle(graph: ProjectGraph): void {
  const cycle = findCycle(graph);
  if (cycle === null) return;
  const first = graph.node(cycle[0] as string);
  throw new TsdbtError({
    code: 'TSD1104',
    message: `Found a cycle: ${cycle.join(' --> ')}`,
    at: { file: first.original_file_path, line: 1, col: 0 },
    hint: 'One of these must stop reading the one before it.',
  });
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
