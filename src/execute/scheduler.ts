import type { ProjectGraph } from '../graph/index.ts';

export interface Schedule {
  readonly graph: ProjectGraph;
  readonly threads: number;
  /** Runs one node; true means that what waits for it may go on. Never throws for a failed node. */
  readonly run: (id: string, thread: number) => Promise<boolean>;
  /** Called once for each node that cannot run because something it waits for failed. */
  readonly skip: (id: string) => void;
  /** Asked before each start: true ends the run; what has not started is skipped. */
  readonly stopped: () => boolean;
}

/** Runs every node of the graph after what it waits for, at most `threads` at a time; nodes nearer to the sources start first, by their ids. */
export async function runInOrder(schedule: Schedule): Promise<void> {
  const { graph } = schedule;
  const levels = graph.levels();
  const waiting = new Map(graph.ids.map((id) => [id, new Set(graph.parents(id))]));
  const blocked = new Set<string>();
  const ready = graph.ids.filter((id) => waiting.get(id)!.size === 0);
  const before = (a: string, b: string): number => levels.get(a)! - levels.get(b)! || (a < b ? -1 : 1);

  const finish = (id: string, passed: boolean): void => {
    for (const child of graph.children(id)) {
      if (!passed) blocked.add(child);
      const parents = waiting.get(child)!;
      parents.delete(id);
      if (parents.size === 0) ready.push(child);
    }
  };

  const next = (): string | undefined => {
    ready.sort(before);
    return ready.shift();
  };

  await new Promise<void>((resolve, reject) => {
    const free = Array.from({ length: schedule.threads }, (_, index) => index + 1);
    let running = 0;
    const fill = (): void => {
      while (free.length > 0) {
        const id = next();
        if (id === undefined) break;
        if (blocked.has(id) || schedule.stopped()) {
          schedule.skip(id);
          finish(id, false);
          continue;
        }
        const thread = free.shift()!;
        running++;
        schedule.run(id, thread).then((passed) => {
          running--;
          free.push(thread);
          free.sort((a, b) => a - b);
          finish(id, passed);
          fill();
        }, reject);
      }
      if (running === 0 && ready.length === 0) resolve();
    };
    fill();
  });
}
