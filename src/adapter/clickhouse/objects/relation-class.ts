import { PyObject, tuple, type Value } from '../../../jinja/index.ts';
import { method } from './arguments.ts';
import { readRelation } from './read-relation.ts';

const CREATE = [
  'database?',
  'schema?',
  'identifier?',
  'type?',
  'can_exchange?',
  'can_on_cluster?',
  'is_temporary?',
  'mvs_pointing_to_it?',
  'is_refreshable?',
  'refreshable_append?',
  'limit?',
  'event_time_filter?',
  // dbt's own that mean nothing on ClickHouse: quote_policy, include_policy, catalog.
  '*',
];

/** `api.Relation`: makes relations and names their types. */
export class RelationClass extends PyObject {
  pyTypeName(): string {
    return 'type';
  }

  override pyRepr(): string {
    return "<class 'dbt.adapters.clickhouse.relation.ClickHouseRelation'>";
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'create':
        return method('create', CREATE, (...values) => readRelation(named(values)));
      case 'scd_args':
        return method('scd_args', ['primary_key', 'updated_at'], (key, updatedAt) => [
          ...(Array.isArray(key) ? key : [key]),
          updatedAt,
        ]);
      case 'add_ephemeral_prefix':
        return method('add_ephemeral_prefix', ['name'], (model) => `__dbt__cte__${model}`);
      case 'get_relation_type':
        return tuple(['table', 'view', 'cte', 'materialized_view', 'external', 'ephemeral', 'dictionary', 'function']);
      case 'Table':
        return 'table';
      case 'View':
        return 'view';
      case 'CTE':
        return 'cte';
      case 'External':
        return 'external';
      case 'MaterializedView':
        return 'materialized_view';
      case 'Dictionary':
        return 'dictionary';
      case 'PointerTable':
        return 'pointer_table';
      case 'Function':
        return 'function';
      default:
        return undefined;
    }
  }
}

function named(values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(CREATE.slice(0, -1).map((parameter, i) => [parameter.replace('?', ''), values[i]]));
}
