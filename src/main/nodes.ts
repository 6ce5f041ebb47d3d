import { TsdbtError } from '../error/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import type { Event } from '../model/index.ts';
import type { IndirectSelection } from '../select/index.ts';
import { columnFacts } from './column-facts.ts';
import type { Session } from './open-project.ts';
import { priorState } from './state.ts';

const RUNNABLE = ['model', 'seed', 'snapshot', 'test', 'unit_test'];
const BUILDABLE = [...RUNNABLE, 'exposure', 'function', 'saved_query'];
/** Unit tests take their columns' types from what is built: they are compiled when they run. */
const COMPILABLE = ['model', 'seed', 'snapshot', 'test', 'analysis', 'operation'];
const CHECKABLE = ['model', 'seed', 'snapshot', 'test', 'source', 'unit_test', 'function'];
const CLONABLE = ['model', 'seed', 'snapshot'];
const LISTED = [
  'model',
  'seed',
  'snapshot',
  'test',
  'source',
  'exposure',
  'analysis',
  'unit_test',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
];

/** The kinds of nodes a command takes: all that it may, and those it takes when not told. */
const KINDS: Readonly<Record<string, Kinds>> = {
  run: { all: ['model'], usual: ['model'] },
  test: { all: ['test', 'unit_test'], usual: ['test', 'unit_test'] },
  seed: { all: ['seed'], usual: ['seed'] },
  snapshot: { all: ['snapshot'], usual: ['snapshot'] },
  compile: { all: COMPILABLE, usual: COMPILABLE },
  clone: { all: CLONABLE, usual: CLONABLE },
  show: { all: COMPILABLE, usual: COMPILABLE },
  'docs generate': { all: COMPILABLE, usual: COMPILABLE },
  build: { all: BUILDABLE, usual: BUILDABLE },
  check: { all: CHECKABLE, usual: CHECKABLE },
  'source freshness': { all: ['source'], usual: ['source'] },
  ls: { all: LISTED, usual: LISTED.filter((kind) => kind !== 'analysis') },
};

const NARROW = new Set(['test', 'clone']);

/** The unique_ids a command works on, as `--select`, `--exclude`, `--selector` and the resource types say. */
export async function chooseNodes(session: Session): Promise<ReadonlySet<string>> {
  const { retried } = session.request;
  if (retried !== undefined) return stillThere(session, retried.ids);
  const { ids, events } = await choose(session, KINDS[session.request.which] ?? KINDS['build']!);
  for (const event of events) session.request.emit(event);
  return ids;
}

function stillThere(session: Session, ids: ReadonlySet<string>): ReadonlySet<string> {
  const gone = [...ids].find((id) => session.nodeOf(id) === undefined);
  if (gone === undefined) return ids;
  throw new TsdbtError({
    code: 'TSD1103',
    message: `Couldn't find '${gone}', which the last run left undone -- does it exist or is it disabled?`,
    hint: 'Where the project has changed that much, run the command itself.',
  });
}

/** The sources that the same words choose, for a command whose nodes are others. */
export async function chooseSources(session: Session): Promise<ReadonlySet<string>> {
  return (await choose(session, { all: ['source'], usual: ['source'] })).ids;
}

/** The syncs that the same words choose in the graph that has them. */
export async function chooseSyncIds(session: Session, graph: ProjectGraph): Promise<ReadonlySet<string>> {
  const { ids, events } = await choose(session, { all: ['sync'], usual: ['sync'] }, graph);
  for (const event of events) session.request.emit(event);
  return ids;
}

interface Kinds {
  readonly all: readonly string[];
  readonly usual: readonly string[];
}

async function choose(
  session: Session,
  kinds: Kinds,
  graph: ProjectGraph = session.graph,
): Promise<{ readonly ids: ReadonlySet<string>; readonly events: readonly Event[] }> {
  const { request, project } = session;
  const { asksForColumns, parseSelectors, resourceTypes, select, specFromArguments } = await import(
    '../select/index.ts'
  );
  const { given } = request;
  const onlyModels = strings(given['models']);
  const types = resourceTypes(
    {
      include: onlyModels.length > 0 ? ['model'] : strings(project.flags['resource_types']),
      exclude: strings(project.flags['exclude_resource_types']),
    },
    kinds.all,
    kinds.usual,
  );
  // Of what was asked for, these take what they are for.
  if (NARROW.has(request.which)) for (const type of types) if (!kinds.all.includes(type)) types.delete(type);
  const selectors = parseSelectors(project.selectors, indirect(session));
  const choice = specFromArguments(
    {
      select: [...strings(given['select']), ...onlyModels],
      exclude: strings(given['exclude']),
      selector: given['selector'] as string | undefined,
      indirect: indirect(session),
    },
    selectors,
  );
  const state = await priorState(session);
  const columns = asksForColumns(choice.spec, selectors) ? await columnFacts(session, graph) : undefined;
  const { ids, warnings } = select({
    graph,
    spec: choice.spec,
    projectName: project.root.name,
    resourceTypes: types,
    includeEmpty: request.which === 'ls',
    selectors,
    ...(state === undefined ? {} : { state }),
    ...(columns === undefined ? {} : { columns }),
  });
  return { ids, events: [...choice.events, ...warnings] };
}

/** The graph a command runs by: the chosen nodes alone; in `build` tests stand between what they test and what reads it. */
export async function runGraphFor(session: Session, chosen: ReadonlySet<string>): Promise<ProjectGraph> {
  const { withTestEdges } = await import('../graph/index.ts');
  const { graph, request } = session;
  const whole = request.which === 'build' ? withTestEdges(graph) : graph;
  await writeSummary(session, whole);
  return whole.subset(chosen);
}

async function writeSummary({ project, graph }: Session, scheduled: ProjectGraph): Promise<void> {
  if (project.flags['write_json'] === false) return;
  const { writeGraphSummary } = await import('../artifacts/index.ts');
  const summarized = ({ ids, node, children }: ProjectGraph) => ({
    nodes: ids.map((id) => [id, node(id).resource_type, children(id)] as const),
  });
  writeGraphSummary(project.targetPath, project.invocation.id, {
    linked: summarized(graph),
    ...(scheduled !== graph && { with_test_edges: summarized(scheduled) }),
  });
}

function indirect(session: Session): IndirectSelection {
  return (session.project.flags['indirect_selection'] ?? 'eager') as IndirectSelection;
}

function strings(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null || value === '' ? [] : String(value).split(/\s+/);
}
