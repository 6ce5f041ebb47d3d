import type { NodeConfig, SavedQueryNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Writable, WritableNode } from '../types.ts';
import type { Entry } from '../yaml/schema-file.ts';
import { mapOr, maps, tagsOf, textOrNull } from '../yaml/values.ts';
import { configured, identity, invalid, oneOf, required, type SemanticParts, whereFilter } from './common.ts';

/** A saved query as the manifest shows it, its metrics not yet looked up. `data` is rendered. Throws TSD1101. */
export function savedQueryOf(entry: Entry, data: DataMap, parts: SemanticParts): Writable<SavedQueryNode> {
  const name = String(data.name);
  const what = `saved query '${name}'`;
  if (!isDataMap(data.query_params)) throw invalid(`${what}: 'query_params' is a required property`);
  const known = identity(entry, name, 'saved_query');
  const { config, unrendered, group } = configured('saved_query', known, mapOr(data.config), parts);
  const { metrics, group_by, where, order_by, limit } = data.query_params;
  const query: Writable<SavedQueryNode> = {
    ...known,
    query_params: {
      metrics: metrics ?? [],
      group_by: group_by ?? [],
      where: whereFilter(where),
      order_by: order_by ?? [],
      limit: limit ?? null,
    },
    exports: [],
    description: textOrNull(data.description),
    label: textOrNull(data.label),
    metadata: null,
    config: config as unknown as NodeConfig,
    unrendered_config: unrendered,
    group,
    depends_on: { macros: [], nodes: [] },
    created_at: parts.createdAt,
    refs: [],
    tags: [...new Set([...tagsOf(data.tags), ...tagsOf(config.tags)])].sort(),
  };
  query.exports = maps(data.exports).map((each) => exportOf(each, query, config, parts, what));
  return query;
}

/** Where the result of a saved query goes: named by the project's macros, as a model is. */
function exportOf(
  data: DataMap,
  query: Writable<SavedQueryNode>,
  above: DataMap,
  { templates }: SemanticParts,
  what: string,
): DataMap {
  const own = mapOr(data.config);
  const combined: DataMap = { ...above, ...own };
  const name = required(data, 'name', `${what}: an export`);
  const schema = textOrNull(combined.schema_name) ?? textOrNull(combined.schema);
  // The naming macros are asked as for a node of that name.
  const node = { ...query, name, config: { ...combined, schema: null }, version: null } as unknown as WritableNode;
  const named = (kind: 'schema' | 'alias' | 'database', custom: Data): string | null =>
    templates.name(kind, custom, node);
  return {
    name,
    config: {
      export_as: oneOf(combined.export_as, ['table', 'view'], `${what}: export_as of '${name}'`),
      schema_name: schema || named('schema', null),
      alias: textOrNull(combined.alias) || named('alias', null),
      database: named('database', combined.database ?? null) || textOrNull(combined.database),
    },
    unrendered_config: own,
  };
}
