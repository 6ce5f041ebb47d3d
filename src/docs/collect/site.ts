import type { CoreNode } from '../format/core.ts';
import { layoutGraph } from '../layout/index.ts';
import { detailOf, type Known } from './details.ts';
import { type Loose, list, number, record, text } from './loose.ts';
import { markdownToHtml } from './markdown.ts';
import { moreOf } from './more.ts';
import { plain } from './plain.ts';
import { folderOf, isOnMap, ownerOf, type Resource, resourcesOf, tagsOf } from './resources.ts';
import { runsOf } from './runs.ts';
import { selectableOf } from './selectable.ts';
import { syncColumnsOf } from './sync-columns.ts';
import type { Site, SiteInput } from './types.ts';

/** Statuses beyond which a description is not searched. */
const SUMMARY = 240;

/** Everything the site says, from the artifacts. Pure: the same artifacts give the same site. */
export function collectSite(given: SiteInput): Site {
  const input = masked(given);
  const manifest = record(input.manifest);
  const metadata = record(manifest['metadata']);
  const resources = resourcesOf(input);
  const groups = record(manifest['groups']);
  const runs = runsOf(input.runs ?? []);
  const nodes = arranged(resources, groups, new Map([...resultsOf(input.runResults), ...runs.last]));
  const byId = new Map(resources.map((one) => [one.id, one]));
  const ordered = nodes.map(({ id }) => byId.get(id) as Resource);
  const syncColumns = syncColumnsOf(input, ordered);
  const known: Known = {
    groups,
    syncColumns,
    catalog: { ...record(record(input.catalog)['nodes']), ...record(record(input.catalog)['sources']) },
    storage: record(record(input.storage)['relations']),
    freshness: freshnessOf(input.sources),
    tests: columnTests(ordered),
  };
  const details = ordered.map((resource) => detailOf(resource, known, input));
  return {
    project: input.project || text(metadata['project_name']),
    target: input.target,
    toolVersion: input.toolVersion,
    dbtVersion: text(metadata['dbt_version']),
    generatedAt: text(metadata['generated_at']),
    overview: overviewOf(manifest, input.project),
    problems: input.problems ?? [],
    hasSql: input.options.sql,
    nodes,
    details,
    summaries: ordered.map(({ node }) => text(node['description']).replace(/\s+/g, ' ').slice(0, SUMMARY)),
    selectable: ordered.map(({ node }) => selectableOf(node)),
    selectors: record(manifest['selectors']),
    more: moreOf(input, ordered, runs, details, syncColumns),
  };
}

function masked(input: SiteInput): SiteInput {
  const { options, trees, mask = (text: string): string => text, ...artifacts } = input;
  return { ...plain(artifacts, mask), options, ...(trees === undefined ? {} : { trees }) };
}

/** Nodes of the map by column and place, then everything else by type and id. */
function arranged(resources: readonly Resource[], groups: Loose, results: ReadonlyMap<string, Result>): CoreNode[] {
  const shown = resources.filter(({ type }) => isOnMap(type)).sort(byId);
  const rest = resources.filter(({ type }) => !isOnMap(type)).sort((a, b) => compare(a.type, b.type) || byId(a, b));
  const at = new Map(shown.map(({ id }, index) => [id, index]));
  const folders = [...new Set(shown.map(({ node }) => folderOf(node)))].sort();
  const place = new Map(folders.map((folder, index) => [folder, index]));
  const { rank, y } = layoutGraph(
    shown.map(({ parents }) => parents.flatMap((id) => at.get(id) ?? [])),
    { groups: shown.map(({ node }) => place.get(folderOf(node)) ?? 0) },
  );
  const order = shown.map((_, index) => index).sort((a, b) => rank[a]! - rank[b]! || y[a]! - y[b]! || a - b);
  const sorted = [...order.map((index) => shown[index] as Resource), ...rest];
  const index = new Map(sorted.map(({ id }, position) => [id, position]));
  return sorted.map((resource, position) => {
    const old = order[position];
    const { id, type, node, parents } = resource;
    const result = results.get(id);
    return {
      id,
      name: text(node['name']),
      type,
      package: resource.package,
      folder: folderOf(node),
      schema: text(node['schema']),
      materialized: text(record(node['config'])['materialized']) || text(node['mode']),
      tags: tagsOf(node),
      owner: ownerOf(node, groups),
      status: result?.status ?? '',
      rank: old === undefined ? -1 : (rank[old] ?? 0),
      y: old === undefined ? 0 : Math.round((y[old] ?? 0) * 4),
      duration: Math.round(result?.duration ?? 0),
      flags: flagsOf(node),
      parents: parents.flatMap((parent) => index.get(parent) ?? []).sort((a, b) => a - b),
    };
  });
}

function flagsOf(node: Loose): number {
  const described = text(node['description']).trim() !== '';
  const columns = Object.values(record(node['columns'])).some((column) => text(record(column)['description']) !== '');
  return (described ? 1 : 0) + (columns ? 2 : 0);
}

interface Result {
  readonly status: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** Commands whose results say how a node did; those of `compile` and `docs generate` say only that it compiles. */
const RUNS = new Set(['build', 'run', 'test', 'seed', 'snapshot', 'retry']);

/** Results of run_results.json: for projects whose runs are not recorded here. */
function resultsOf(file: unknown): ReadonlyMap<string, Result> {
  const { results, args } = record(file);
  if (!RUNS.has(text(record(args)['which']))) return new Map();
  return new Map(
    list(results)
      .map(record)
      .map((one) => [
        text(one['unique_id']),
        { status: text(one['status']), duration: (number(one['execution_time']) ?? 0) * 1000 },
      ]),
  );
}

function freshnessOf(file: unknown): Loose {
  const { results } = record(file);
  return Object.fromEntries(
    list(results)
      .map(record)
      .map((one) => [text(one['unique_id']), one]),
  );
}

function columnTests(ordered: readonly Resource[]): Known['tests'] {
  const found = new Map<string, Map<string, number[]>>();
  ordered.forEach(({ type, node, parents }, index) => {
    const column = text(node['column_name']).toLowerCase();
    if (type !== 'test' || column === '') return;
    const tested = text(node['attached_node']) || parents[0];
    if (tested === undefined) return;
    const columns = found.get(tested) ?? new Map<string, number[]>();
    found.set(tested, columns);
    columns.set(column, [...(columns.get(column) ?? []), index]);
  });
  return found;
}

/** The project's own `__overview__` block. dbt's default says nothing of this project and is left out. */
function overviewOf(manifest: Loose, project: string): string {
  const blocks = Object.values(record(manifest['docs'])).map(record);
  const own = blocks.filter((one) => text(one['package_name']) !== 'dbt');
  const named = own.find((one) => text(one['name']) === `__${project}__`);
  const block = named ?? own.find((one) => text(one['name']) === '__overview__');
  return block === undefined ? '' : markdownToHtml(text(block['block_contents']));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: Resource, b: Resource): number => compare(a.id, b.id);
