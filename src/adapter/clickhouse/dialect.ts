import type { Dialect, RelationParts } from '../../context/index.ts';
import { Dict, type Value } from '../../jinja/index.ts';
import type { Target } from '../../model/index.ts';
import { builtinMacros } from '../builtin-macros.ts';
import { parseFacade } from './facade/parse-facade.ts';
import { ColumnClass } from './objects/column-class.ts';
import { readRelation } from './objects/read-relation.ts';
import { RelationClass } from './objects/relation-class.ts';
import { makesOnCluster, readProfile } from './profile.ts';
import { quoteIdentifier } from './quote.ts';

/** Keys of a profile's output that templates may see; the password is none of them. */
const CONNECTION_KEYS = [
  'driver',
  'host',
  'port',
  'user',
  'schema',
  'secure',
  'verify',
  'cluster',
  'cluster_mode',
  'database_engine',
];

/** ClickHouse as templates and the parser know it. With a target, relations know whether they are made ON CLUSTER. */
export function dialectFor(target?: Pick<Target, 'credentials' | 'schema'>): Dialect {
  const onCluster = target !== undefined && makesOnCluster(readProfile(target));
  let api: Value;
  let facade: Value;
  return {
    type: 'clickhouse',
    dispatchPrefixes: ['clickhouse', 'default'],
    internalPackages: ['dbt_clickhouse', 'dbt'],
    connectionKeys: CONNECTION_KEYS,
    builtinMacros,
    createRelation: ({ schema, identifier, type }: RelationParts) =>
      readRelation({ schema, identifier, type: type ?? null, can_on_cluster: onCluster }),
    renderRelation: ({ schema, identifier }: RelationParts) =>
      `${quoteIdentifier(schema)}.${quoteIdentifier(identifier)}`,
    get api() {
      api ??= new Dict([
        ['Relation', new RelationClass()],
        ['Column', new ColumnClass()],
      ]);
      return api;
    },
    get parseAdapter() {
      facade ??= parseFacade();
      return facade;
    },
  };
}

export const clickhouseDialect: Dialect = dialectFor();
