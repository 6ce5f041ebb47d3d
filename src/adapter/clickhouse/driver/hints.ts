import type { DatabaseErrorInfo } from './database-error.ts';

const PROFILE = 'Check user and password of the profile.';
const SPILL =
  'Lower `threads`, or give the model query_settings such as max_bytes_before_external_group_by and max_bytes_before_external_sort; a large load can be split by an incremental strategy.';
const NO_KEEPER =
  'Replicated engines and ON CLUSTER need a Keeper: configure one on the server, or use the engine without `Replicated` and a profile without `cluster`.';
const GRANT = 'Grant the profile’s user what the text above names, or let another user run this target.';

/** What a person can do about an error, by ClickHouse's name of it. */
const HINTS: Readonly<Record<string, string>> = {
  AUTHENTICATION_FAILED: PROFILE,
  REQUIRED_PASSWORD: PROFILE,
  WRONG_PASSWORD: PROFILE,
  UNKNOWN_USER: PROFILE,
  ACCESS_DENIED: GRANT,
  NOT_ENOUGH_PRIVILEGES: GRANT,
  DATABASE_ACCESS_DENIED: GRANT,
  READONLY:
    'This user, or this server, may only read: take `readonly` out of its settings profile or of custom_settings, or choose a target that may write.',
  QUERY_IS_PROHIBITED: 'The server allows no such statement to this user: see its settings profile.',
  UNKNOWN_DATABASE: 'Check the schema of the profile, or run `tsdbt debug`.',
  UNKNOWN_STORAGE: 'Check `engine` in the configuration of the model.',
  UNKNOWN_SETTING:
    'Check `settings`, `query_settings` and the profile’s custom_settings: this server does not know it.',
  UNKNOWN_CODEC: 'Check `codec` of the column.',
  MEMORY_LIMIT_EXCEEDED: SPILL,
  TIMEOUT_EXCEEDED:
    'Raise max_execution_time in query_settings of the model or in custom_settings of the profile, or make the query lighter.',
  TOO_SLOW: 'The server estimates more time than max_execution_time allows: raise it, or make the query lighter.',
  NOT_ENOUGH_SPACE: "Free some space on the server's disk.",
  QUOTA_EXCEEDED: 'Wait until the interval of the quota is over, or let another user run this target.',
  TOO_MANY_SIMULTANEOUS_QUERIES: 'Lower `threads` of the target, or raise max_concurrent_queries on the server.',
  TOO_MANY_PARTS:
    'Fewer, larger inserts: choose a coarser partition_by, or lower `threads` until merges have caught up.',
  TOO_MANY_PARTITIONS: 'Choose a coarser partition_by, or raise max_partitions_per_insert_block in query_settings.',
  TABLE_IS_READ_ONLY: NO_KEEPER,
  NO_ZOOKEEPER: NO_KEEPER,
  KEEPER_EXCEPTION: NO_KEEPER,
  CLUSTER_DOESNT_EXIST: 'Check `cluster` of the profile against system.clusters of the server.',
  UNFINISHED: 'Not every node of the cluster has answered: see system.distributed_ddl_queue, then run again.',
  ILLEGAL_COLUMN: 'Check the columns that order_by, partition_by, primary_key and ttl name against those of the query.',
};

/** What to do about an error of ClickHouse; undefined where its own text says all there is to say. */
export function hintFor({ name, text }: Pick<DatabaseErrorInfo, 'name' | 'text'>): string | undefined {
  if (name === 'SYNTAX_ERROR') return syntaxHint(text);
  if (name === 'SUPPORT_IS_DISABLED' && text.includes('projections')) {
    return "Lightweight deletes and projections do not go together by default: set lightweight_mutation_projection_mode='rebuild' in `settings` of the model (and --full-refresh it), or use another incremental_strategy.";
  }
  if (['SUPPORT_IS_DISABLED', 'BAD_ARGUMENTS', 'UNSUPPORTED_METHOD', 'NOT_IMPLEMENTED'].includes(name)) {
    if (/lightweight|DELETE/i.test(text)) {
      return 'This engine or server has no lightweight deletes: use incremental_strategy `append`, `insert_overwrite` or the default.';
    }
    if (/keeper|replicat|interserver/i.test(text)) return NO_KEEPER;
  }
  return HINTS[name];
}

function syntaxHint(text: string): string | undefined {
  if (/\): ;/.test(text))
    return 'A semicolon ends the statement too early: the SQL of a model stands within a larger one.';
  // What it expected is a query, and what stands there is none.
  if (
    /\((insert|drop|delete|create|alter|truncate|update|optimize|grant|set|rename|exchange|use|system)\b/i.test(text)
  ) {
    return 'A model is one SELECT: statements of other kinds belong into a pre_hook, a post_hook or an operation.';
  }
  return undefined;
}
