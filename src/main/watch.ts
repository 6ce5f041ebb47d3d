import type { RunRecord } from '../artifacts/index.ts';
import type { ExecuteOutcome } from '../execute/index.ts';
import type { Pending, ProjectGraph } from '../graph/index.ts';
import type { ModelNode, RunResult } from '../model/index.ts';
import type { NodeProgress, TimeLeft, Watcher } from '../report/index.ts';
import { criticalPathOf, type Ran } from './critical-path.ts';
import type { Database } from './database.ts';
import type { Session } from './open-project.ts';

const EVERY_MS = 1000;
/** So many of the last runs tell what is usual. */
const RUNS = 10;

/** While nodes run, tells who looks how long each usually takes and, once a second, how far its statement is. */
export async function watchNodes(session: Session, database: Database, graph: ProjectGraph): Promise<Watching> {
  const watcher = session.request.watching?.();
  if (watcher === undefined) return NOBODY;
  const visible = graph.subset(graph.ids.filter((id) => !isEphemeral(graph.node(id) as ModelNode)));
  const parents = new Map(visible.ids.map((id) => [id, visible.parents(id)]));
  const usual = await usualTimes(session, visible.ids);
  watcher.expect({ parents, usual, timeLeft: await estimate(session, visible, usual) });
  const ended: Watching['ended'] = ({ results }) => {
    const ran = results.flatMap((result) => ranOf(result, visible));
    const parentsOf = (id: string) => parents.get(id) ?? [];
    watcher.ended(criticalPathOf(ran, parentsOf, session.project.target.threads));
  };
  const { driver } = database;
  if (driver === undefined) return { ...NOBODY, ended };
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void tell(driver, watcher).finally(() => {
      asking = false;
    });
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer), ended };
}

export interface Watching {
  readonly stop: () => void;
  /** Told what came of it all. */
  readonly ended: (outcome: Pick<ExecuteOutcome, 'results'>) => void;
}

const NOBODY: Watching = { stop: () => {}, ended: () => {} };

/** Nothing for hooks and for what was skipped. */
function ranOf({ unique_id: id, timing, execution_time }: RunResult, graph: ProjectGraph): Ran[] {
  const began = timing[0]?.started_at;
  if (!began || !graph.has(id)) return [];
  return [{ id, name: graph.node(id).name, start: Date.parse(began), ms: 1000 * execution_time }];
}

/** They have no lines of their own. */
const isEphemeral = ({ resource_type, config }: ModelNode): boolean =>
  resource_type === 'model' && config.materialized === 'ephemeral';

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
