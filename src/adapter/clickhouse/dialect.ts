import type { Dialect, RelationParts } from '../../context/index.ts';
import { Dict, type Value } from '../../jinja/index.ts';
import type { Target } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import { builtinMacros } from '../builtin-macros.ts';
import { parseFacade } from './facade/parse-facade.ts';
import { ColumnClass } from './objects/column-class.ts';
import { readRelation } from './objects/read-relation.ts';
import { RelationClass } from './objects/relation-class.ts';
import { makesOnCluster, readProfile } from './profile.ts';
import { quoteIdentifier } from './quote.ts';

/** What templates may see of a profile's output, and dbt-clickhouse's defaults; the password is none of it. */
const CONNECTION_DEFAULTS: DataMap = {
  driver: null,
  host: 'localhost',
  port: null,
  user: 'default',
  schema: 'default',
  retries: 1,
  cluster: null,
  database_engine: null,
  cluster_mode: false,
  secure: false,
  verify: true,
  client_cert: null,
  client_cert_key: null,
  connect_timeout: 10,
  send_receive_timeout: 300,
  sync_request_timeout: 5,
  compress_block_size: 1_048_576,
  compression: '',
  check_exchange: true,
  custom_settings: null,
  use_lw_deletes: false,
  allow_automatic_deduplication: false,
  tcp_keepalive: false,
  reuse_connections: true,
  server_host_name: null,
};

/** ClickHouse as templates and the parser know it. With a target, relations know whether they are made ON CLUSTER. */
export function dialectFor(target?: Pick<Target, 'credentials' | 'schema'>): Dialect {
  const onCluster = target !== undefined && makesOnCluster(readProfile(target));
  let api: Value;
  let facade: Value;
  return {
    type: 'clickhouse',
    dispatchPrefixes: ['clickhouse', 'default'],
    internalPackages: ['dbt_clickhouse', 'dbt'],
    connectionDefaults: CONNECTION_DEFAULTS,
    builtinMacros,
    // A schema that nobody gave is the source's name.
    sourceSchema: ({ database, schema, source_name }) =>
      database !== '' && schema === source_name ? database : schema,
    createRelation: ({ schema, identifier, type, limit, eventTime }: RelationParts) =>
      readRelation({
        schema,
        identifier,
        type: type ?? null,
        can_on_cluster: onCluster,
        limit,
        event_time_filter: eventTime,
      }),
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
