import { type GraphMember, type ProjectGraph, reach } from '../../../graph/index.ts';
import { parseSelectors, type Selection, select, specFromArguments } from '../../../select/index.ts';
import { rowsOf, type Table } from '../../format/table.ts';
import { chunkData } from '../data/chunks.ts';
import type { Model } from '../data/model.ts';

interface Selectable {
  readonly nodes: Table;
  readonly selectors: Readonly<
    Record<string, { name: string; description: string; default?: boolean; definition: never }>
  >;
}

export interface Choice {
  /** Nodes of the map, by index, in its order. */
  readonly shown: readonly number[];
  /** Tests and others that the words chose too. */
  readonly others: number;
  readonly warnings: readonly string[];
}

/** What dbt's `--select` and `--exclude` mean here: `src/select` itself decides, over this page's graph. Rejects with its sentence. */
export async function choose(model: Model, include: string, exclude: string): Promise<Choice> {
  const data = await chunkData<Selectable>('select');
  const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
  const definitions = Object.values(data.selectors).map((one) => ({
    name: one.name,
    description: one.description,
    default: false,
    definition: one.definition,
    written: {},
  }));
  const selectors = parseSelectors(definitions, 'eager');
  const { spec } = specFromArguments(
    { select: words(include), exclude: words(exclude), selector: undefined, indirect: 'eager' },
    selectors,
  );
  const { ids, warnings }: Selection = select({
    graph: graphOf(model, data),
    spec,
    projectName: model.head.project,
    includeEmpty: true,
    selectors,
  });
  const all = [...ids].flatMap((id) => model.byId.get(id) ?? []).sort((a, b) => a - b);
  const shown = all.filter((index) => index < model.onMap);
  return {
    shown,
    others: all.length - shown.length,
    warnings: warnings.map(({ data: about }) => `Nothing matches “${String(about['spec_raw'] ?? '')}”.`),
  };
}

/** The page's nodes as the graph that selection walks. */
function graphOf(model: Model, { nodes: table }: Selectable): ProjectGraph {
  const more = rowsOf(table);
  const ids: string[] = [];
  const members = new Map<string, GraphMember>();
  model.nodes.forEach((node, index) => {
    if (node.type === 'macro' || node.type === 'operation') return;
    ids.push(node.id);
    members.set(node.id, memberOf(model, index, more[index] ?? {}));
  });
  const idsOf = (list: readonly number[] | undefined): string[] =>
    (list ?? []).flatMap((index) => model.nodes[index]?.id ?? []).filter((id) => members.has(id));
  const at = (id: string): number => model.byId.get(id) ?? -1;
  const parents = (id: string): readonly string[] => idsOf(model.nodes[at(id)]?.parents);
  const children = (id: string): readonly string[] => idsOf(model.children[at(id)]);
  const missing = (): never => {
    throw new Error('Selection does not need this.');
  };
  return {
    ids,
    has: (id) => members.has(id),
    node: (id) => members.get(id) ?? missing(),
    parents,
    children,
    ancestors: (from, depth) => reach(from, parents, depth),
    descendants: (from, depth) => reach(from, children, depth),
    order: missing,
    levels: missing,
    subset: missing,
  };
}

function memberOf(model: Model, index: number, more: Readonly<Record<string, unknown>>): GraphMember {
  const { id, name, type, package: package_name, tags, parents } = model.nodes[index] as Model['nodes'][number];
  return {
    ...more,
    ...ownFqn(more['fqn'], name),
    unique_id: id,
    name: type === 'source' ? name.slice(name.indexOf('.') + 1) : name,
    resource_type: type,
    package_name,
    tags,
    depends_on: { macros: [], nodes: parents.flatMap((parent) => model.nodes[parent]?.id ?? []) },
  } as unknown as GraphMember;
}

/** The last part of a path is most often the name, and is then left out. */
function ownFqn(fqn: unknown, name: string): { readonly fqn?: readonly unknown[] } {
  return Array.isArray(fqn) && fqn.at(-1) === '' ? { fqn: [...fqn.slice(0, -1), name] } : {};
}
