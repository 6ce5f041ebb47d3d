import { Relation } from '../objects/relation.ts';
import { EMPTY_RELATION, type FeedingView, type RelationState, type RelationType } from '../objects/relation-state.ts';

/** What the catalog query found. */
export interface Found {
  /** Schema name -> its engine. */
  readonly schemas: ReadonlyMap<string, string>;
  readonly relations: readonly Relation[];
}

interface Row {
  readonly database: string;
  readonly name: string;
  readonly engine: string;
  readonly create: string;
  readonly select: string;
  readonly feedsViews: boolean;
}

/** @param cluster whether the profile has a cluster: then relations are made on all of its nodes */
export function readRelations(rows: readonly (readonly unknown[])[], cluster: boolean): Found {
  const all = rows.map(
    ([database, name, engine, create, select, feedsViews]): Row => ({
      database: String(database),
      name: String(name),
      engine: String(engine),
      create: String(create),
      select: String(select),
      feedsViews: Number(feedsViews) === 1,
    }),
  );
  const schemas = new Map(all.filter((row) => row.name === '').map((row) => [row.database, row.engine]));
  const tables = all.filter((row) => row.name !== '');
  const feeding = feedingViews(tables);
  const relations = tables.map((row) => {
    const databaseEngine = schemas.get(row.database);
    const type = relationType(row.engine);
    return new Relation({
      ...EMPTY_RELATION,
      schema: row.database,
      identifier: row.name,
      type,
      canOnCluster: cluster && databaseEngine !== 'Replicated',
      feedingViews: feeding.get(key(row.database, row.name)) ?? [],
      feedsViews: row.feedsViews,
      ...viewState(row),
    });
  });
  return { schemas, relations };
}

function relationType(engine: string): RelationType {
  if (engine === 'View') return 'view';
  if (engine === 'MaterializedView') return 'materialized_view';
  return engine === 'Dictionary' ? 'dictionary' : 'table';
}

const key = (schema: string, name: string): string => `${schema}\u0000${name}`;

const NAME = '(?:`((?:[^`\\\\]|\\\\.)+)`|([^`\\s.(]+))';
/** What stands between the view's name and its columns: the refresh clause, and TO with the table it writes into. */
const HEAD = new RegExp(`^CREATE MATERIALIZED VIEW ${NAME}\\.${NAME}([^(]*?)(?: TO ${NAME}\\.${NAME})?(?: \\(| AS |$)`);

interface Target {
  readonly schema: string;
  readonly name: string;
}

/** The table a materialized view writes into; undefined where it keeps its rows itself. */
function targetOf(row: Row): Target | undefined {
  const [, , , , , , schema, bareSchema, name, bareName] = HEAD.exec(row.create) ?? [];
  if (name === undefined && bareName === undefined) return undefined;
  return { schema: unquoted(schema, bareSchema), name: unquoted(name, bareName) };
}

function feedingViews(rows: readonly Row[]): ReadonlyMap<string, readonly FeedingView[]> {
  const found = new Map<string, FeedingView[]>();
  for (const row of rows) {
    const target = targetOf(row);
    if (target === undefined) continue;
    const id = key(target.schema, target.name);
    found.set(id, [...(found.get(id) ?? []), { schema: row.database, name: row.name, sql: row.select }]);
  }
  return found;
}

function unquoted(quoted: string | undefined, bare: string | undefined): string {
  return quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
}

const READ = new RegExp(`\\b(?:FROM|JOIN)\\s+${NAME}\\.${NAME}`, 'g');

function viewState(row: Row): Pick<RelationState, 'writesInto' | 'readsFrom' | 'isRefreshable' | 'refreshableAppend'> {
  const target = targetOf(row);
  const clause = HEAD.exec(row.create)?.[5] ?? '';
  return {
    writesInto: target === undefined ? null : `${target.schema}.${target.name}`,
    readsFrom: [...row.select.matchAll(READ)].map(
      ([, schema, bareSchema, name, bareName]) => `${unquoted(schema, bareSchema)}.${unquoted(name, bareName)}`,
    ),
    isRefreshable: clause.includes(' REFRESH '),
    refreshableAppend: clause.endsWith(' APPEND'),
  };
}
