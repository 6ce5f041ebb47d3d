import { TsdbtError } from '../../../error/index.ts';
import { quoteIdentifier } from '../quote.ts';

/** Which parts of the name are printed, or quoted. */
export interface Policy {
  readonly database: boolean;
  readonly schema: boolean;
  readonly identifier: boolean;
}

/** A materialized view that writes into a relation. */
export interface FeedingView {
  readonly schema: string;
  readonly name: string;
  readonly sql: string;
}

/** Rows whose event time lies in [start, end); a bound is `YYYY-mm-dd HH:MM:SS` or undefined. */
export interface EventTimeFilter {
  readonly fieldName: string;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

export type RelationType =
  | 'table'
  | 'view'
  | 'cte'
  | 'materialized_view'
  | 'external'
  | 'ephemeral'
  | 'dictionary'
  | 'pointer_table'
  | 'function';

/** All a relation is. `schema` is ClickHouse's database; dbt's database is always empty here. */
export interface RelationState {
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type: RelationType | null;
  readonly include: Policy;
  readonly quote: Policy;
  readonly canExchange: boolean;
  readonly canOnCluster: boolean;
  readonly isTemporary: boolean;
  /** Materialized views that write into it. */
  readonly feedingViews: readonly FeedingView[];
  /** Whether materialized views of any schema are filled by inserts into it. */
  readonly feedsViews: boolean;
  /** Of a materialized view: the `schema.name` it writes into. */
  readonly writesInto: string | null;
  /** Of a materialized view: the `schema.name` of each table its query names. */
  readonly readsFrom: readonly string[];
  readonly isRefreshable: boolean;
  readonly refreshableAppend: boolean;
  /** Set: at most that many rows are read; 0 reads none. */
  readonly limit: number | null;
  readonly eventTime: EventTimeFilter | null;
}

export const EMPTY_RELATION: RelationState = {
  schema: null,
  identifier: null,
  type: null,
  include: { database: false, schema: true, identifier: true },
  quote: { database: true, schema: true, identifier: true },
  canExchange: false,
  canOnCluster: false,
  isTemporary: false,
  feedingViews: [],
  feedsViews: false,
  writesInto: null,
  readsFrom: [],
  isRefreshable: false,
  refreshableAppend: false,
  limit: null,
  eventTime: null,
};

/** Throws TSD2003 where a database is given that is not the schema: ClickHouse has one level of names. */
export function checkDatabase(database: string | null | undefined, schema: string | null): void {
  if (!database || database === schema) return;
  throw new TsdbtError({
    code: 'TSD2003',
    message: `Cannot set database ${database} in clickhouse!`,
    hint: 'ClickHouse has one level of names: leave `database` out, or give it the value of `schema`.',
  });
}

/** `` `schema`.`identifier` `` as far as the include policy wants it; a function belongs to no schema. */
export function renderName(state: RelationState): string {
  const withSchema = state.include.schema && state.type !== 'function';
  const parts = [withSchema ? state.schema : null, state.include.identifier ? state.identifier : null];
  return parts
    .filter((part) => part)
    .map((part) => quoteIdentifier(part as string))
    .join('.');
}

/** What SQL reads from: the name, or a subquery that narrows it. */
export function renderSource(state: RelationState): string {
  const name = renderName(state);
  if (state.type === 'function') return name;
  const limited =
    state.limit === null
      ? name
      : state.limit === 0
        ? `(select * from ${name} where false limit 0)`
        : `(select * from ${name} limit ${state.limit})`;
  const condition = eventTimeCondition(state.eventTime);
  return condition === '' ? limited : `(select * from ${limited} where ${condition})`;
}

function eventTimeCondition(filter: EventTimeFilter | null): string {
  if (filter === null) return '';
  const parts: string[] = [];
  if (filter.start !== undefined) parts.push(`${filter.fieldName} >= '${filter.start}'`);
  if (filter.end !== undefined) parts.push(`${filter.fieldName} < '${filter.end}'`);
  return parts.join(' and ');
}
