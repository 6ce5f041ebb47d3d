import type { Data } from '../../util/data.ts';
import { hook, listed, modelFreshness, onOff, shaped, sourceFreshness } from './values.ts';

/** How a higher level of configuration meets a lower one. */
export type Merge = 'clobber' | 'append' | 'update' | 'append by key' | 'object';

export interface Field {
  readonly name: string;
  readonly initial: Data;
  readonly merge: Merge;
  /** Brings a value into the form the manifest shows. */
  readonly shape?: (value: Data) => Data;
}

export type ConfigKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'analysis'
  | 'operation'
  | 'source'
  | 'exposure'
  | 'unit_test'
  | 'group'
  | 'metric'
  | 'semantic_model'
  | 'saved_query'
  | 'function';

const field = (name: string, initial: Data = null, merge: Merge = 'clobber', shape?: (value: Data) => Data): Field =>
  shape === undefined ? { name, initial, merge } : { name, initial, merge, shape };

const hooks = (value: Data): Data => listed(value).map(hook);
const DOCS = { show: true, node_color: null };
const CONTRACT = { enforced: false, alias_types: true };
const META_COLUMNS = {
  dbt_valid_to: null,
  dbt_valid_from: null,
  dbt_scd_id: null,
  dbt_updated_at: null,
  dbt_is_deleted: null,
};
const POINTER = { enabled: null, alias: null };
const pointer = (value: Data): Data => shaped(POINTER)(typeof value === 'boolean' ? { enabled: value } : value);

const common = (schema: string | null): readonly Field[] => [
  field('enabled', true),
  field('alias'),
  field('schema', schema),
  field('database'),
  field('tags', [], 'append'),
  field('meta', {}, 'update'),
  field('group'),
  field('static_analysis', null, 'clobber', onOff),
];

const node = (materialized: string): readonly Field[] => [
  ...common(null),
  field('materialized', materialized),
  field('incremental_strategy'),
  field('batch_size'),
  field('lookback', 1),
  field('begin'),
  field('persist_docs', {}),
  field('post-hook', [], 'append', hooks),
  field('pre-hook', [], 'append', hooks),
  field('quoting', {}, 'update'),
  field('column_types', {}, 'update'),
  field('full_refresh'),
  field('unique_key'),
  field('on_schema_change', 'ignore'),
  field('on_configuration_change', 'apply'),
  field('grants', {}, 'append by key'),
  field('packages', [], 'append'),
  field('docs', DOCS, 'update', shaped(DOCS)),
  field('contract', CONTRACT, 'update', shaped(CONTRACT)),
  field('event_time'),
  field('concurrent_batches'),
];

const SEMANTIC: readonly Field[] = [field('enabled', true), field('group'), field('meta', {}, 'update')];
const CACHE = { enabled: false };
const SNOWFLAKE = { quote_args: true };

/** dbt's configuration keys by kind of resource, in the order the manifest shows them. */
export const FIELDS: Readonly<Record<ConfigKind, readonly Field[]>> = {
  model: [
    ...node('view'),
    field('access', 'protected'),
    field('freshness', null, 'clobber', modelFreshness),
    field('on_error'),
    field('latest_version_pointer', POINTER, 'update', pointer),
  ],
  seed: [...node('seed'), field('delimiter', ','), field('quote_columns')],
  snapshot: [
    ...node('snapshot'),
    field('strategy'),
    field('target_schema'),
    field('target_database'),
    field('updated_at'),
    field('check_cols'),
    field('snapshot_meta_column_names', META_COLUMNS, 'object', shaped(META_COLUMNS)),
    field('dbt_valid_to_current'),
  ],
  analysis: node('view'),
  operation: node('view'),
  test: [
    ...common('dbt_test__audit'),
    field('materialized', 'test'),
    field('severity', 'ERROR'),
    field('store_failures'),
    field('store_failures_as'),
    field('sql_header'),
    field('where'),
    field('limit'),
    field('fail_calc', 'count(*)'),
    field('warn_if', '!= 0'),
    field('error_if', '!= 0'),
  ],
  source: [
    field('enabled', true),
    field('event_time'),
    field('freshness', sourceFreshness({}), 'clobber', sourceFreshness),
    field('loaded_at_field'),
    field('loaded_at_query'),
    field('meta', {}, 'update'),
    field('tags', []),
    field('static_analysis', null, 'clobber', onOff),
  ],
  exposure: [field('enabled', true), field('tags', []), field('meta', {})],
  unit_test: [
    field('tags', [], 'append'),
    field('meta', {}, 'update'),
    field('enabled', true),
    field('static_analysis', null, 'clobber', onOff),
  ],
  group: [field('meta', {}, 'update')],
  metric: SEMANTIC,
  semantic_model: SEMANTIC,
  saved_query: [...SEMANTIC, field('export_as'), field('schema'), field('cache', CACHE, 'clobber', shaped(CACHE))],
  function: [
    ...node('function'),
    field('type', 'scalar'),
    field('volatility'),
    field('runtime_version'),
    field('entry_point'),
    field('snowflake', SNOWFLAKE, 'clobber', shaped(SNOWFLAKE)),
  ],
};
