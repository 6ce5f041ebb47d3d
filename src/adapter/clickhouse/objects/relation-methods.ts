import { TsdbtError } from '../../../error/index.ts';
import { Dict, PyObject, type Value } from '../../../jinja/index.ts';
import { method } from './arguments.ts';
import { checkDatabase, EMPTY_RELATION, type Policy, type RelationState, type RelationType } from './relation-state.ts';

/** What the methods need of a relation; the class itself imports this file. */
interface RelationLike {
  readonly state: RelationState;
  replace(change: Partial<RelationState>): RelationLike;
  render(): string;
  pyStr(): string;
  pyItem(key: Value): Value | undefined;
  pyAttr(name: string): Value | undefined;
}

/** A method of a relation, by name; undefined where there is none of that name. */
export function relationMethod(relation: RelationLike, name: string): Value | undefined {
  const make = METHODS[name];
  return make === undefined ? undefined : make(relation);
}

function narrowed(policy: Policy, database: Value, schema: Value, identifier: Value): Policy {
  return {
    database: database ?? policy.database,
    schema: schema ?? policy.schema,
    identifier: identifier ?? policy.identifier,
  };
}

const NAME_PARTS = ['database?', 'schema?', 'identifier?'];

const METHODS: Readonly<Record<string, (relation: RelationLike) => Value>> = {
  __proto__: null as never,
  render: (relation) => method('render', [], () => relation.render()),
  render_limited: (relation) => method('render_limited', [], () => relation.replace({ eventTime: null }).pyStr()),
  include: (relation) =>
    method('include', NAME_PARTS, (database, schema, identifier) =>
      relation.replace({ include: narrowed(relation.state.include, database, schema, identifier) }),
    ),
  quote: (relation) =>
    method('quote', NAME_PARTS, (database, schema, identifier) =>
      relation.replace({ quote: narrowed(relation.state.quote, database, schema, identifier) }),
    ),
  without_identifier: (relation) =>
    method('without_identifier', [], () =>
      relation.replace({ identifier: null, include: { ...relation.state.include, identifier: false } }),
    ),
  incorporate: (relation) =>
    method('incorporate', ['path?', 'type?', '*'], (path, type) => incorporate(relation, path, type)),
  replace: (relation) => method('replace', ['path?', 'type?', '*'], (path, type) => incorporate(relation, path, type)),
  replace_path: (relation) =>
    method('replace_path', NAME_PARTS, (database, schema, identifier) => {
      checkDatabase(database, schema ?? relation.state.schema);
      return relation.replace({
        schema: schema === undefined ? relation.state.schema : schema,
        identifier: identifier === undefined ? relation.state.identifier : identifier,
      });
    }),
  derivative: (relation) =>
    method('derivative', ['suffix', 'relation_type?', 'interpret_suffix_as_full_identifier?'], (suffix, type, full) =>
      relation.replace({
        ...EMPTY_RELATION,
        schema: relation.state.schema,
        identifier: full ? suffix : `${relation.state.identifier}${suffix}`,
        type: type ?? relation.state.type,
        canOnCluster: relation.state.canOnCluster,
      }),
    ),
  matches: (relation) =>
    method('matches', NAME_PARTS, (_database, schema, identifier) => {
      if (schema) throw unexpectedSchema(schema);
      return relation.state.identifier === identifier;
    }),
  get: (relation) =>
    method('get', ['key', 'default?'], (key, fallback = null) =>
      key === 'metadata' ? new Dict([['type', 'ClickHouseRelation']]) : (relation.pyItem(key) ?? fallback),
    ),
  information_schema: (relation) =>
    method('information_schema', ['view_name?'], (view) => informationSchema(relation, view)),
  information_schema_only: (relation) => method('information_schema_only', [], () => informationSchema(relation, null)),
  get_function_config: () =>
    method('get_function_config', ['model'], (model) => {
      if (fieldOf(model, 'resource_type') !== 'function') return null;
      const config = fieldOf(model, 'config');
      return new Dict([
        ['language', fieldOf(model, 'language') ?? ''],
        ['type', fieldOf(config, 'type') ?? ''],
        ['runtime_version', fieldOf(config, 'runtime_version') ?? null],
        ['entry_point', fieldOf(config, 'entry_point') ?? null],
      ]);
    }),
  get_function_macro_name: () =>
    method(
      'get_function_macro_name',
      ['config'],
      (config) => `${fieldOf(config, 'type')}_function_${fieldOf(config, 'language')}`,
    ),
  to_dict: (relation) => method('to_dict', ['*'], () => relation.pyAttr('path')),
};

function fieldOf(value: Value, name: string): Value | undefined {
  return value instanceof Dict ? value.get(name) : value instanceof PyObject ? value.pyAttr(name) : undefined;
}

function informationSchema(relation: RelationLike, view: Value): RelationLike {
  const identifier = typeof view === 'string' ? view : null;
  return relation.replace({ ...EMPTY_RELATION, schema: 'INFORMATION_SCHEMA', identifier, type: 'view' });
}

function incorporate(relation: RelationLike, path: Value, type: Value): RelationLike {
  const part = (name: string): string | null | undefined => (path instanceof Dict ? path.get(name) : undefined);
  const schema = part('schema') === undefined ? relation.state.schema : (part('schema') as string | null);
  checkDatabase(part('database'), schema);
  return relation.replace({
    schema,
    identifier: part('identifier') === undefined ? relation.state.identifier : (part('identifier') as string | null),
    type: type === undefined ? relation.state.type : (type as RelationType | null),
  });
}

function unexpectedSchema(schema: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD2003',
    message: `Passed unexpected schema value ${schema} to Relation.matches`,
    hint: 'On ClickHouse relations are matched by identifier alone.',
  });
}
