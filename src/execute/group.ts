import type { GraphNode, Manifest } from '../model/index.ts';

/** The group a node belongs to, as events name it: owners and all; undefined where there is none. */
export function groupOf(manifest: Manifest, node: GraphNode): Readonly<Record<string, unknown>> | undefined {
  const [name] = Object.entries(manifest.group_map).find(([, ids]) => ids.includes(node.unique_id)) ?? [];
  const group = Object.values(manifest.groups).find((one) => one.name === name);
  if (group === undefined) return undefined;
  const { package_name, owner } = group;
  const texts = Object.entries(owner).filter(([, value]) => value !== null);
  return { name, package_name, owner: Object.fromEntries(texts.map(([key, value]) => [key, String(value)])) };
}
