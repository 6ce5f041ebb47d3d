import { Dict, PyObject, type Value } from '../../../jinja/index.ts';
import { relationMethod } from './relation-methods.ts';
import { type RelationState, renderName, renderSource } from './relation-state.ts';

/** A table, view or the like, as templates hold it. Immutable: `replace` gives another one. */
export class Relation extends PyObject {
  readonly state: RelationState;

  constructor(state: RelationState) {
    super();
    this.state = state;
  }

  replace(change: Partial<RelationState>): Relation {
    return new Relation({ ...this.state, ...change });
  }

  /** The bare quoted name. */
  render(): string {
    return renderName(this.state);
  }

  pyTypeName(): string {
    return 'ClickHouseRelation';
  }

  override pyAttr(name: string): Value | undefined {
    const read = ATTRIBUTES[name];
    return read === undefined ? relationMethod(this, name) : read(this.state, this);
  }

  override pyItem(key: Value): Value | undefined {
    return typeof key === 'string' ? ATTRIBUTES[key]?.(this.state, this) : undefined;
  }

  override pyStr(): string {
    return renderSource(this.state);
  }

  override pyRepr(): string {
    return `<ClickHouseRelation ${this.render()}>`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof Relation && JSON.stringify(other.state) === JSON.stringify(this.state);
  }

  /** As dbt's relations are: packages tell a relation from a text by it. */
  override pyIsMapping(): boolean {
    return true;
  }

  override pyTruth(): boolean {
    return true;
  }

  override pyHash(): string {
    return `relation ${JSON.stringify(this.state)}`;
  }
}

/** The order to drop in: while a view is there, inserts into what it reads fail where the table it writes to is gone. */
export function viewsFirst(relations: readonly Relation[]): readonly Relation[] {
  const isView = ({ state }: Relation): number => (state.type === 'materialized_view' ? 0 : 1);
  return [...relations].sort((a, b) => isView(a) - isView(b));
}

function policy(value: { readonly database: boolean; readonly schema: boolean; readonly identifier: boolean }): Dict {
  return new Dict(Object.entries(value));
}

const is =
  (type: string) =>
  (state: RelationState): boolean =>
    state.type === type;

const ATTRIBUTES: Readonly<Record<string, (state: RelationState, relation: Relation) => Value>> = {
  // An object literal's own prototype must not be reachable by name.
  __proto__: null as never,
  database: () => '',
  schema: (state) => state.schema,
  identifier: (state) => state.identifier,
  name: (state) => state.identifier,
  table: (state) => state.identifier,
  type: (state) => state.type,
  path: (state) =>
    new Dict([
      ['database', ''],
      ['schema', state.schema],
      ['identifier', state.identifier],
    ]),
  include_policy: (state) => policy(state.include),
  quote_policy: (state) => policy(state.quote),
  quote_character: () => '`',
  limit: (state) => state.limit,
  event_time_filter: (state) => state.eventTime && new Dict(Object.entries(state.eventTime)),
  require_alias: () => false,
  is_table: is('table'),
  is_view: is('view'),
  is_cte: is('cte'),
  is_materialized_view: is('materialized_view'),
  is_dictionary: is('dictionary'),
  is_pointer: is('pointer_table'),
  is_function: is('function'),
  is_temporary: (state) => state.isTemporary,
  is_refreshable: (state) => state.isRefreshable,
  refreshable_append: (state) => state.refreshableAppend,
  writes_into: (state) => state.writesInto,
  can_exchange: (state) => state.canExchange,
  can_on_cluster: (state) => state.canOnCluster,
  // A schema is made on every node.
  should_on_cluster: (state) => (state.include.identifier ? state.canOnCluster : true),
  can_be_renamed: () => false,
  can_be_replaced: () => false,
  feeds_views: (state) => state.feedsViews,
  mvs_pointing_to_it: (state) => state.feedingViews.map((view) => new Dict(Object.entries(view))),
  Table: () => 'table',
  View: () => 'view',
  CTE: () => 'cte',
  External: () => 'external',
  MaterializedView: () => 'materialized_view',
  Dictionary: () => 'dictionary',
  PointerTable: () => 'pointer_table',
  Function: () => 'function',
};
