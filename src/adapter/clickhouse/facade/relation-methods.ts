import { Dict, type Step, type Value } from '../../../jinja/index.ts';
import { relationsSql } from '../catalog/relations-sql.ts';
import type { Methods, NodeState } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import type { Column } from '../objects/column.ts';
import { readRelation } from '../objects/read-relation.ts';
import type { Relation } from '../objects/relation.ts';
import { quoteIdentifier } from '../quote.ts';
import { stagingName } from '../staging-name.ts';
import { items, present } from './template-value.ts';

/** What exists, and what changes it. Statements come from the macros of the same names, which projects override. */
export const relationMethods: Methods = {
  get_relation: (node) =>
    method('get_relation', ['database?', 'schema?', 'identifier?'], function* (_database, schema, identifier) {
      yield* known(node, schema);
      return node.server.cache.get(schema, identifier) ?? null;
    }),
  already_exists: (node) =>
    method('already_exists', ['schema', 'name'], function* (schema, name) {
      yield* known(node, schema);
      return node.server.cache.get(schema, name) !== undefined;
    }),
  list_relations: (node) =>
    method('list_relations', ['database', 'schema'], function* (_database, schema) {
      yield* known(node, schema);
      return [...node.server.cache.list(schema)];
    }),
  list_relations_without_caching: (node) =>
    method('list_relations_without_caching', ['schema_relation'], function* (relation: Relation) {
      const schema = relation.state.schema ?? '';
      yield node.server.load([schema]);
      return [...node.server.cache.list(schema)];
    }),
  /** Materialized views that are filled by inserts into a relation, or at least read it. */
  views_reading: (node) =>
    method('views_reading', ['relation'], (relation: Relation) => [
      ...node.server.cache.viewsReading(relation.state.schema ?? '', relation.state.identifier ?? ''),
    ]),
  list_relations_sql: () =>
    method('list_relations_sql', ['schemas'], (schemas) => relationsSql(items(schemas).map(String))),
  check_schema_exists: (node) =>
    method('check_schema_exists', ['database', 'schema'], function* (_database, schema) {
      yield* known(node, schema);
      return node.server.cache.exists(schema);
    }),
  get_columns_in_relation: (node) =>
    method('get_columns_in_relation', ['relation'], (relation) => readColumns(node, relation)),
  get_columns_in_table: (node) =>
    method('get_columns_in_table', ['schema', 'identifier'], (schema, identifier) =>
      readColumns(node, readRelation({ schema, identifier })),
    ),
  get_missing_columns: (node) =>
    method('get_missing_columns', ['from_relation', 'to_relation'], function* (from: Relation, to: Relation) {
      const there = new Set((yield* readColumns(node, to)).map((column) => column.name));
      return (yield* readColumns(node, from)).filter((column) => !there.has(column.name));
    }),
  // A ClickHouse string has no length to outgrow.
  expand_target_column_types: () => method('expand_target_column_types', ['from_relation', 'to_relation'], () => null),
  drop_relation: (node) =>
    method('drop_relation', ['relation'], function* (relation: Relation) {
      yield* node.callMacro('drop_relation', relation);
      node.server.cache.drop(relation);
      node.leftBehind.delete(relation.render());
      return null;
    }),
  truncate_relation: (node) =>
    method('truncate_relation', ['relation'], (relation) => node.callMacro('truncate_relation', relation)),
  rename_relation: (node) =>
    method('rename_relation', ['from_relation', 'to_relation'], function* (from: Relation, to: Relation) {
      yield* node.callMacro('rename_relation', from, to);
      return renamed(node, from, to);
    }),
  create_schema: (node) =>
    method('create_schema', ['relation'], function* (relation: Relation) {
      yield* node.callMacro('create_schema', relation);
      node.server.cache.schemaCreated(relation.state.schema ?? '', node.server.profile.databaseEngine || 'Atomic');
      return null;
    }),
  drop_schema: (node) =>
    method('drop_schema', ['relation'], function* (relation: Relation) {
      yield* node.callMacro('drop_schema', relation);
      node.server.cache.schemaDropped(relation.state.schema ?? '');
      return null;
    }),
  cache_added: (node) =>
    method('cache_added', ['relation'], (relation: Relation) => {
      node.server.cache.add(relation);
      node.leftBehind.delete(relation.render());
      return '';
    }),
  cache_dropped: (node) =>
    method('cache_dropped', ['relation'], (relation: Relation) => {
      node.server.cache.drop(relation);
      node.leftBehind.delete(relation.render());
      return '';
    }),
  cache_renamed: (node) =>
    method('cache_renamed', ['from_relation', 'to_relation'], (from, to) => renamed(node, from, to) ?? ''),
  cache_exchanged: (node) =>
    method('cache_exchanged', ['old_relation', 'target_relation'], (a: Relation, b: Relation) => {
      node.server.cache.exchange(a, b);
      return '';
    }),
  /** A relation of this invocation alone, dropped at the end of the node unless it was dropped or renamed before. */
  staging_relation: (node) =>
    method('staging_relation', ['base_relation', 'suffix'], (base: Relation, suffix: string) => {
      const identifier = stagingName(base.state.identifier ?? '', suffix, node.server.invocationId);
      const relation = base.replace({ identifier, feedingViews: [] });
      node.leftBehind.set(relation.render(), relation);
      return relation;
    }),
  /** The relation goes unless cache_added() says that it was made whole. */
  drop_on_failure: (node) =>
    method('drop_on_failure', ['relation'], (relation: Relation) => {
      node.leftBehind.set(relation.render(), relation);
      return '';
    }),
  quote_identifier: () => method('quote_identifier', ['identifier'], quoteIdentifier),
  standardize_grants_dict: () => method('standardize_grants_dict', ['grants_table'], grantsByPrivilege),
};

/** Waits until the relations of a schema are known. */
function* known(node: NodeState, schema: Value): Step<void> {
  const { driver, cache } = node.server;
  if (driver !== undefined && typeof schema === 'string' && !cache.isKnown(schema)) yield node.server.load([schema]);
}

function renamed(node: NodeState, from: Relation, to: Relation): null {
  node.server.cache.rename(from, to);
  node.leftBehind.delete(from.render());
  return null;
}

/** The columns of a relation; none where it does not exist or no server can be reached. */
export function* readColumns(node: NodeState, relation: Value): Step<readonly Column[]> {
  if (!present(relation) || !node.server.driver) return [];
  const name = (relation as Relation).render();
  const before = node.columns.get(name);
  if (before !== undefined) return [...before];
  const columns = yield* node.callMacro('get_columns_in_relation', relation);
  // One that does not exist may yet be made.
  if (columns.length > 0) node.columns.set(name, columns);
  return [...columns];
}

/** Rows of (privilege, grantee) as privilege -> grantees. */
function grantsByPrivilege(table: Value): Dict {
  const grants = new Dict();
  for (const row of items(table)) {
    const [privilege, grantee] = items(row);
    const key = String(privilege).toLowerCase();
    grants.set(key, [...(grants.get(key) ?? []), grantee]);
  }
  return grants;
}
