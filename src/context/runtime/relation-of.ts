import type { Value } from '../../jinja/index.ts';
import type { DataMap } from '../../util/data.ts';
import type { Dialect, RelationParts } from '../types.ts';

type Plain = Readonly<Record<string, unknown>>;

/** The relation of a node or a source; none for an operation. */
export function relationOf(node: Plain | undefined, dialect: Dialect): Value {
  if (!node || node['resource_type'] === 'operation' || typeof node['schema'] !== 'string') return null;
  const config = (node['config'] ?? {}) as Plain;
  const parts: RelationParts = {
    database: String(node['database'] ?? ''),
    schema: node['schema'],
    identifier: String(node['identifier'] ?? node['alias'] ?? node['name']),
    quoting: (node['quoting'] ?? config['quoting'] ?? {}) as DataMap,
    // A function is called by a name of its own form.
    ...(node['resource_type'] === 'function' ? { type: 'function' as const } : {}),
  };
  return dialect.createRelation(parts);
}
