import type { Manifest, ModelNode, Node, SeedNode, SnapshotNode, SourceNode } from '../model/index.ts';

export type Refable = ModelNode | SeedNode | SnapshotNode;

/** ref() and source() against a finished manifest. */
export interface Lookup {
  ref(asking: string, packageName: string | null, name: string, version: string | number | null): Refable | undefined;
  source(asking: string, sourceName: string, tableName: string): SourceNode | undefined;
}

export function createLookup(manifest: Manifest): Lookup {
  const rootName = manifest.metadata.project_name;
  const refables = new Map<string, Refable[]>();
  for (const node of Object.values(manifest.nodes)) {
    if (!isRefable(node)) continue;
    const list = refables.get(node.name);
    if (list === undefined) refables.set(node.name, [node]);
    else list.push(node);
  }
  const sources = new Map<string, SourceNode[]>();
  for (const source of Object.values(manifest.sources)) {
    const key = `${source.source_name}.${source.name}`;
    sources.set(key, [...(sources.get(key) ?? []), source]);
  }
  const choose = <T extends { readonly package_name: string }>(
    list: readonly T[],
    packages: readonly (string | null)[],
  ) => {
    for (const wanted of packages) {
      const found = wanted === null ? list[0] : list.find((one) => one.package_name === wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    ref(asking, packageName, name, version) {
      const fitting = (refables.get(name) ?? []).filter((node) => fitsVersion(node, version));
      return choose(fitting, packageName !== null ? [packageName] : [rootName, asking, null]);
    },
    source: (asking, sourceName, tableName) =>
      choose(sources.get(`${sourceName}.${tableName}`) ?? [], [rootName, asking, null]),
  };
}

function isRefable(node: Node): node is Refable {
  return node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot';
}

/** Without a version the latest is meant. */
function fitsVersion(node: Refable, version: string | number | null): boolean {
  if (node.resource_type !== 'model' || node.version === null) return version === null;
  return String(version ?? node.latest_version) === String(node.version);
}
