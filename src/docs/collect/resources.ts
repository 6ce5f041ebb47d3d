import { type Loose, list, record, text, texts } from './loose.ts';
import type { SiteInput } from './types.ts';

/** One resource of the project as the artifacts have it, with what the whole site asks of it. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly package: string;
  readonly parents: readonly string[];
  readonly node: Loose;
}

/** Not drawn on the map: hundreds of tests around each model hide the models. */
const OFF_MAP = new Set(['test', 'unit_test', 'macro', 'operation', 'sql_operation', 'doc', 'group', 'rpc']);

/** dbt's own macros, and those of its ClickHouse adapter: the same in every project. */
const BUILT_IN = new Set(['dbt', 'dbt_clickhouse']);

export function isOnMap(type: string): boolean {
  return !OFF_MAP.has(type);
}

/** Every resource worth a page, in the manifest's order. */
export function resourcesOf({
  manifest,
  syncs,
  syncNodes,
}: Pick<SiteInput, 'manifest' | 'syncs' | 'syncNodes'>): Resource[] {
  const file = record(manifest);
  const own = Object.entries(file)
    .filter(([key]) => !NOT_NODES.has(key))
    .flatMap(([key, group]) =>
      Object.entries(record(group))
        .filter(([, node]) => isResource(key, node))
        .map(([id, node]) => resourceOf(id, record(node), singular(key))),
    );
  const pushed = new Map(
    [...Object.values(record(record(syncs)['syncs'])), ...(syncNodes ?? [])]
      .map((node) => resourceOf(text(record(node)['unique_id']), record(node), 'sync'))
      .map((one) => [one.id, one]),
  );
  const all = [...own, ...pushed.values()];
  const known = new Set(all.map(({ id }) => id));
  return all
    .filter(({ type, package: name }) => type !== 'macro' || !BUILT_IN.has(name))
    .map((one) => ({ ...one, parents: one.parents.filter((parent) => known.has(parent) && parent !== one.id) }));
}

/** Keys of the manifest that hold no resources, or none with a page. A key unknown to us may well hold some. */
const NOT_NODES = new Set([
  'metadata',
  'docs',
  'groups',
  'selectors',
  'disabled',
  'parent_map',
  'child_map',
  'group_map',
]);

function isResource(key: string, node: unknown): boolean {
  const { resource_type, unique_id, name } = record(node);
  const isNamed = typeof name === 'string' || typeof unique_id === 'string';
  return isNamed && (typeof resource_type === 'string' || key === 'macros');
}

function singular(key: string): string {
  return key === 'nodes' ? 'model' : key.endsWith('ies') ? `${key.slice(0, -3)}y` : key.replace(/s$/, '');
}

function resourceOf(id: string, node: Loose, fallback: string): Resource {
  const dependsOn = record(node['depends_on']);
  return {
    id,
    type: text(node['resource_type']) || fallback,
    package: text(node['package_name']),
    parents: [...new Set(texts(dependsOn['nodes']))],
    node,
  };
}

/** Folders of a node's file, without the one that all of its kind share (`models`). */
export function folderOf(node: Loose): string {
  const fqn = texts(node['fqn']);
  const parts = text(node['original_file_path']).split(/[\\/]/);
  if (parts.length > 2) return parts.slice(1, -1).join('/');
  return fqn.length > 2 && node['resource_type'] !== 'source' ? fqn.slice(1, -1).join('/') : '';
}

export function ownerOf(node: Loose, groups: Loose): string {
  const owner = record(node['owner'] ?? record(node['meta'])['owner']);
  const named = text(owner['name']) || text(owner['email']) || text(record(node['meta'])['owner']);
  if (named !== '') return named;
  const group = text(node['group']) || text(record(node['config'])['group']);
  if (group === '') return '';
  const definition = Object.values(groups)
    .map(record)
    .find((one) => text(one['name']) === group);
  return text(record(definition?.['owner'])['name']) || group;
}

export function tagsOf(node: Loose): string[] {
  const tags = list(node['tags']).length > 0 ? node['tags'] : record(node['config'])['tags'];
  return texts(tags).map((tag) => tag.replaceAll('\t', ' '));
}
