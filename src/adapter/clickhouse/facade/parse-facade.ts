import { AgateTable } from '../../../context/index.ts';
import { hostFunction, tuple, type Value } from '../../../jinja/index.ts';
import type { Methods, NodeState } from '../node-state.ts';
import { offlineServer, unreachable } from '../offline.ts';
import { Facade } from './facade.ts';

const gives = (name: string, value: () => Value) => () => hostFunction(name, value);

/** What methods that would touch the database give while parsing. */
const ANSWERS: Methods = {
  execute: gives('execute', () => tuple(['', AgateTable.of({ columns: [], rows: [] })])),
  add_query: gives('add_query', () => tuple([null, ''])),
  get_column_schema_from_query: gives('get_column_schema_from_query', () => []),
  get_columns_in_relation: gives('get_columns_in_relation', () => []),
  get_columns_in_table: gives('get_columns_in_table', () => []),
  get_writable_columns: gives('get_writable_columns', () => []),
  get_missing_columns: gives('get_missing_columns', () => []),
  list_relations: gives('list_relations', () => []),
  list_relations_without_caching: gives('list_relations_without_caching', () => []),
  check_schema_exists: gives('check_schema_exists', () => false),
  already_exists: gives('already_exists', () => false),
  ...Object.fromEntries(
    [
      'get_relation',
      'drop_relation',
      'truncate_relation',
      'rename_relation',
      'create_schema',
      'drop_schema',
      'check_incremental_schema_changes',
      'calculate_incremental_strategy',
      'validate_incremental_strategy',
      'can_exchange',
      'should_on_cluster',
      'supports_atomic_exchange',
      'get_ch_database',
      's3source_clause',
      'valid_snapshot_target',
      'assert_valid_snapshot_target_given_strategy',
    ].map((name) => [name, gives(name, () => null)]),
  ),
};

/** Template global `adapter` while parsing: nothing exists, nothing is asked, nothing is done. */
export function parseFacade(): Value {
  const server = offlineServer({
    schema: '',
    credentials: {},
    name: '',
    profileName: '',
    type: 'clickhouse',
    threads: 1,
  });
  const node: NodeState = {
    server,
    connectionName: 'parse',
    leftBehind: new Map(),
    columns: new Map(),
    run: (sql) => Promise.reject(unreachable(sql)),
    callMacro: (name) => {
      throw unreachable(`macro ${name}`);
    },
  };
  return new Facade(node, ANSWERS);
}
