import { TsdbtError } from '../../../error/index.ts';
import { Dict, Undefined, type Value } from '../../../jinja/index.ts';
import { Relation } from './relation.ts';
import {
  checkDatabase,
  EMPTY_RELATION,
  type EventTimeFilter,
  type FeedingView,
  type RelationType,
} from './relation-state.ts';

const TYPES: readonly string[] = [
  'table',
  'view',
  'cte',
  'materialized_view',
  'external',
  'ephemeral',
  'dictionary',
  'pointer_table',
  'function',
];

/** A relation from what a template gave `api.Relation.create`; keys are dbt's. */
export function readRelation(given: Readonly<Record<string, Value>>): Relation {
  const schema = given['schema'] ?? null;
  // `target.database` is Undefined here, which dbt takes for none.
  checkDatabase(given['database'] instanceof Undefined ? null : given['database'], schema);
  return new Relation({
    ...EMPTY_RELATION,
    schema,
    identifier: given['identifier'] ?? null,
    type: readType(given['type']),
    canExchange: given['can_exchange'] === true,
    canOnCluster: given['can_on_cluster'] === true,
    isTemporary: given['is_temporary'] === true,
    feedingViews: readViews(given['mvs_pointing_to_it']),
    isRefreshable: given['is_refreshable'] === true,
    refreshableAppend: given['refreshable_append'] === true,
    limit: typeof given['limit'] === 'number' ? given['limit'] : null,
    eventTime: readEventTime(given['event_time_filter']),
  });
}

function readType(type: Value): RelationType | null {
  if (type === undefined || type === null) return null;
  if (TYPES.includes(type)) return type as RelationType;
  throw new TsdbtError({
    code: 'TSD2003',
    message: `'${type}' is not a valid relation type`,
    hint: `Relations are of one of these types: ${TYPES.join(', ')}.`,
  });
}

function readViews(views: Value): readonly FeedingView[] {
  if (!Array.isArray(views)) return [];
  const text = (view: Value, key: string): string => String((view instanceof Dict ? view.get(key) : view?.[key]) ?? '');
  return views.map((view) => ({ schema: text(view, 'schema'), name: text(view, 'name'), sql: text(view, 'sql') }));
}

function readEventTime(filter: Value): EventTimeFilter | null {
  return filter && typeof filter.fieldName === 'string' ? (filter as EventTimeFilter) : null;
}
