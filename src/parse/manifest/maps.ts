import type { Manifest } from '../../model/index.ts';

type Edges = Record<string, readonly string[]>;
type Parts = Omit<Manifest, 'metadata' | 'parent_map' | 'child_map' | 'group_map'>;

interface Dependent {
  readonly unique_id: string;
  readonly depends_on?: { readonly macros: readonly string[]; readonly nodes?: readonly string[] };
}

/** Who depends on whom, both ways, each list sorted. */
export function edges(parts: Parts): { readonly parents: Edges; readonly children: Edges } {
  const members: Dependent[] = [
    ...Object.values(parts.nodes),
    ...Object.values(parts.sources),
    ...Object.values(parts.exposures),
    ...Object.values(parts.functions),
    ...Object.values(parts.metrics),
    ...Object.values(parts.semantic_models),
    ...Object.values(parts.saved_queries),
    ...Object.values(parts.unit_tests),
  ];
  const children = new Map<string, string[]>(members.map((member) => [member.unique_id, []]));
  const parents: Record<string, readonly string[]> = {};
  for (const member of members) {
    const nodes = member.depends_on?.nodes ?? [];
    parents[member.unique_id] = [...nodes].sort();
    for (const id of nodes) children.get(id)?.push(member.unique_id);
  }
  return { parents, children: Object.fromEntries([...children].map(([id, list]) => [id, list.sort()])) };
}

/** The members of each group, in order of the nodes. */
export function groupMap(parts: Parts): Edges {
  const map = new Map<string, string[]>(Object.values(parts.groups).map((group) => [group.name, []]));
  for (const section of [parts.nodes, parts.semantic_models, parts.metrics, parts.saved_queries]) {
    for (const node of Object.values(section)) if (node.group !== null) map.get(node.group)?.push(node.unique_id);
  }
  return Object.fromEntries(map);
}
