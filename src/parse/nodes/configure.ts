import { TsdbtError } from '../../error/index.ts';
import type { Access, NodeConfig } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { checkConfig } from '../config/check.ts';
import type { Configs } from '../config/configs.ts';
import type { ConfigKind } from '../config/fields.ts';
import { deepMerge } from '../config/merge.ts';
import type { Draft } from '../types.ts';

/** What a properties file adds: the rendered configuration, and the same as written. */
export interface PropertiesConfig {
  readonly rendered: DataMap;
  readonly written: DataMap;
}

/**
 * Works out the node's configuration and copies to the node what dbt shows there, too: tags, meta, group, access, docs,
 * contract. Done after the code is rendered, and once more when properties YAML is found.
 */
export function configure(draft: Draft, configs: Configs, properties?: PropertiesConfig): void {
  const { node } = draft;
  const subject = { kind: kindOf(draft), packageName: node.package_name, fqn: node.fqn };
  const own = { calls: draft.calls, ...(properties && { properties: properties.rendered }) };
  const config = configs.rendered(subject, own);
  checkConfig(node.unique_id, subject.kind, config);
  node.tags = [...new Set([...node.tags, ...textsOf(config.tags)])];
  if (isDataMap(config.meta) && Object.keys(config.meta).length > 0) node.meta = config.meta;
  if (typeof config.group === 'string' && config.group !== '') node.group = config.group;
  if (isDataMap(config.docs))
    node.docs = { show: config.docs.show !== false, node_color: textOr(config.docs.node_color) };
  if (node.resource_type === 'model') node.access = accessOf(node.unique_id, config.access ?? null);
  if (node.resource_type !== 'seed' && isDataMap(config.contract)) {
    const { enforced, alias_types } = config.contract;
    node.contract = { enforced: enforced === true, alias_types: alias_types !== false, checksum: null };
  }
  const written = properties && deepMerge(properties.rendered, properties.written);
  node.unrendered_config = configs.unrendered(subject, {
    calls: writtenCalls(draft),
    ...(written && { properties: written }),
  });
  node.config = settled(node.config as unknown as DataMap, config) as unknown as NodeConfig;
}

/** Code without a config() call that could be read as text falls back to the values it gave. */
function writtenCalls(draft: Draft): DataMap {
  return Object.keys(draft.unrenderedCalls).length === 0 ? draft.calls : draft.unrenderedCalls;
}

/** dbt leaves a key as it was where the new value is none. */
function settled(before: DataMap, after: DataMap): DataMap {
  const result: Record<string, Data> = { ...before };
  for (const [key, value] of Object.entries(after)) {
    if (value !== null || !(key in result)) result[key.trim()] = value;
  }
  return result;
}

export function kindOf(draft: Draft): ConfigKind {
  const type = draft.node.resource_type;
  return type === 'sql_operation' ? 'operation' : type;
}

const ACCESS = new Set<Data>(['private', 'protected', 'public']);

export function accessOf(uniqueId: string, value: Data): Access {
  if (ACCESS.has(value)) return value as Access;
  throw new TsdbtError({
    code: 'TSD1101',
    message: `Node ${uniqueId} has an invalid value (${String(value)}) for the access field`,
    hint: 'use private, protected or public',
  });
}

function textsOf(value: Data | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}

function textOr(value: Data | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
