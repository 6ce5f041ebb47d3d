import type { CoreNode } from '../../format/core.ts';

export type TreeBy = 'project' | 'database' | 'tags' | 'owners';

/** A folder of the tree; `leaves` are nodes by index. */
export interface Branch {
  readonly name: string;
  readonly path: string;
  readonly branches: readonly Branch[];
  readonly leaves: readonly number[];
  readonly total: number;
}

interface Growing {
  readonly name: string;
  readonly path: string;
  readonly branches: Map<string, Growing>;
  readonly leaves: number[];
}

const PLURALS: Readonly<Record<string, string>> = {
  source: 'Sources',
  exposure: 'Exposures',
  sync: 'Syncs',
  seed: 'Seeds',
  snapshot: 'Snapshots',
  analysis: 'Analyses',
  macro: 'Macros',
  metric: 'Metrics',
  operation: 'Operations',
};

/** Every resource but the tests of others, sorted into folders. */
export function treeOf(nodes: readonly CoreNode[], by: TreeBy, rootPackage: string): Branch {
  const root: Growing = { name: '', path: '', branches: new Map(), leaves: [] };
  nodes.forEach((node, index) => {
    if (node.type === 'test' || node.type === 'unit_test') return;
    for (const path of PATHS[by](node, rootPackage)) plant(root, path, index);
  });
  return grown(root, nodes);
}

const PATHS: Readonly<Record<TreeBy, (node: CoreNode, rootPackage: string) => readonly (readonly string[])[]>> = {
  project: (node, rootPackage) => {
    const folders = node.folder === '' ? [] : node.folder.split('/');
    const within = node.package === '' || node.package === rootPackage ? [] : [node.package];
    if (node.type === 'source') return [['Sources', ...within, node.name.split('.')[0] ?? '']];
    if (node.type === 'model') return [[...within, ...folders]];
    return [[PLURALS[node.type] ?? node.type, ...within, ...(node.type === 'macro' ? folders : [])]];
  },
  database: (node) => (node.schema === '' || node.materialized === 'ephemeral' || node.rank < 0 ? [] : [[node.schema]]),
  tags: (node) => node.tags.map((tag) => [tag]),
  owners: (node) => (node.rank < 0 ? [] : [[node.owner || 'without an owner']]),
};

function plant(root: Growing, path: readonly string[], index: number): void {
  let at = root;
  for (const name of path) {
    let next = at.branches.get(name);
    if (next === undefined) {
      next = { name, path: `${at.path}/${name}`, branches: new Map(), leaves: [] };
      at.branches.set(name, next);
    }
    at = next;
  }
  at.leaves.push(index);
}

function grown(one: Growing, nodes: readonly CoreNode[]): Branch {
  const branches = [...one.branches.values()]
    .map((branch) => grown(branch, nodes))
    .sort((a, b) => order(a) - order(b) || compare(a.name, b.name));
  const leaves = [...one.leaves].sort((a, b) => compare(nodes[a]?.name ?? '', nodes[b]?.name ?? ''));
  const total = leaves.length + branches.reduce((sum, branch) => sum + branch.total, 0);
  return { name: one.name, path: one.path, branches, leaves, total };
}

/** Models' folders before the kinds that have a folder of their own. */
const order = ({ path, name }: Branch): number => (path === `/${name}` && /^[A-Z]/.test(name) ? 1 : 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
