import type { RunRecord } from '../artifacts/index.ts';
import type { Pending, ProjectGraph } from '../graph/index.ts';
import type { NodeProgress, TimeLeft, Watcher } from '../report/index.ts';
import type { Database } from './database.ts';
import type { Session } from './open-project.ts';

const EVERY_MS = 1000;
/** So many of the last runs tell what is usual. */
const RUNS = 10;

/** While nodes run, tells who looks how long each usually takes and, once a second, how far its statement is. Gives the end of it. */
export async function watchNodes(session: Session, database: Database, graph: ProjectGraph): Promise<() => void> {
  const watcher = session.request.watching?.();
  if (watcher === undefined) return () => {};
  const usual = await usualTimes(session, graph.ids);
  watcher.expect(usual, await estimate(session, graph, usual));
  const { driver } = database;
  if (driver === undefined) return () => {};
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void tell(driver, watcher).finally(() => {
      asking = false;
    });
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** By the same list scheduling that the run page's what-if uses. */
async function estimate(
  { project }: Session,
  graph: ProjectGraph,
  usual: ReadonlyMap<string, number>,
): Promise<TimeLeft> {
  const { timeLeft } = await import('../graph/index.ts');
  const place = new Map(graph.ids.map((id, index) => [id, index]));
  const known = graph.ids.map((id) => ({
    id,
    usual: usual.get(id),
    parents: graph.parents(id).flatMap((parent) => place.get(parent) ?? []),
  }));
  return (running, isDone) => {
    const stateOf = (id: string): Pending['state'] => running.get(id) ?? (isDone(id) ? 'done' : 'waiting');
    return timeLeft(
      known.map(({ id, ...node }) => ({ ...node, state: stateOf(id) })),
      project.target.threads,
    );
  };
}

/** Medians of the last runs that went well, in milliseconds. */
async function usualTimes({ project }: Session, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { readRunRecords } = await import('../artifacts/index.ts');
  const records = readRunRecords(project.statePath, [], RUNS).records as readonly RunRecord[];
  const times = new Map<string, number[]>(ids.map((id) => [id, []]));
  for (const { nodes, results, target } of records) {
    if (target !== project.target.name) continue;
    for (const [index, id] of nodes.entries()) {
      const { status, start, end } = results[index] ?? { status: '', start: 0, end: 0 };
      if (status === 'success' || status === 'pass' || status === 'warn') times.get(id)?.push(end - start);
    }
  }
  return new Map([...times].flatMap(([id, all]) => (all.length === 0 ? [] : [[id, median(all)] as const])));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

type Driver = NonNullable<Database['driver']>;

async function tell(driver: Driver, watcher: Watcher): Promise<void> {
  const ids = driver.running();
  if (ids.length === 0) return;
  const list = ids.map((id) => `'${id.replace(/[^\w-]/g, '')}'`).join(', ');
  const sql = `select substring(query, 1, 1000), read_rows, total_rows_approx, memory_usage from system.processes where query_id in (${list})`;
  try {
    const { rows } = await driver.query(sql);
    watcher.progress(rows.flatMap(progressOf));
  } catch {
    // A user may not read system.processes: then nothing is shown.
  }
}

/** Statements name their node in the comment that stands before them. */
function progressOf([query, rows, total, memory]: readonly unknown[]): NodeProgress[] {
  const unique_id = /"node_id": ?"([^"]+)"/.exec(String(query))?.[1];
  if (unique_id === undefined) return [];
  return [{ unique_id, rows: Number(rows), totalRows: Number(total), memory: Number(memory) }];
}
