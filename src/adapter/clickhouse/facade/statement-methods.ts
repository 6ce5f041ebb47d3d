import { AdapterResponse } from '../../../context/index.ts';
import { tuple, type Value } from '../../../jinja/index.ts';
import type { QueryResult } from '../driver/index.ts';
import type { Methods, NodeState } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import { Column } from '../objects/column.ts';
import { ColumnChanges, type OnSchemaChange } from '../objects/column-changes.ts';
import type { Relation } from '../objects/relation.ts';
import { resultTable } from '../result-table.ts';
import { schemaChangeError } from '../schema-change-error.ts';
import { readComparable } from './column-methods.ts';
import { settingsMap } from './template-value.ts';

export const statementMethods: Methods = {
  execute: (node) =>
    method('execute', ['sql', 'auto_begin?', 'fetch?', 'limit?'], async (sql, _begin, fetch, limit) => {
      const result = await node.run(sql, { fetch: fetch === true });
      return tuple([response(result), resultTable(result, typeof limit === 'number' ? limit : undefined)]);
    }),
  add_query: (node) =>
    method('add_query', ['sql', 'auto_begin?', 'bindings?', 'abridge_sql_log?', '*'], async (sql) => {
      const result = await node.run(sql, { fetch: false });
      return tuple([null, response(result)]);
    }),
  get_column_schema_from_query: (node) =>
    method('get_column_schema_from_query', ['sql', 'query_settings?', '*'], (sql, settings) =>
      queryColumns(node, sql, settings),
    ),
  check_incremental_schema_changes: (node) =>
    method(
      'check_incremental_schema_changes',
      ['on_schema_change', 'existing', 'target_sql', 'materialization?', 'query_settings?', 'columns?'],
      function* (
        mode: OnSchemaChange,
        existing: Relation,
        sql: string,
        materialization = 'incremental',
        settings,
        own,
      ) {
        const table = yield* readComparable(node, existing, own ?? null);
        const query = (yield queryColumns(node, sql, settings)) as Column[];
        const changes = new ColumnChanges(mode, table, query);
        if (changes.conflicting) throw schemaChangeError(changes, materialization);
        return changes;
      },
    ),
  // ClickHouse has no transactions.
  commit: () => method('commit', [], () => ''),
  begin: () => method('begin', [], () => ''),
  clear_transaction: () => method('clear_transaction', [], () => ''),
};

function response({ queryId }: QueryResult): AdapterResponse {
  return new AdapterResponse('OK', new Map([['query_id', queryId]]));
}

/** Names and types of a query's columns, under the settings the query will run with; no row is read. */
async function queryColumns(node: NodeState, sql: string, settings: Value): Promise<Column[]> {
  const { rows } = await node.run(`describe (\n${sql}\n)`, {
    fetch: true,
    settings: Object.fromEntries([...settingsMap(settings)].map(([name, value]) => [name, plain(value)])),
  });
  return rows.map(([name, type]) => new Column(String(name), String(type)));
}

function plain(value: unknown): string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // A text may come with quotes of its own, as `settings` allows.
  return String(value).replace(/^'(.*)'$/s, '$1');
}
