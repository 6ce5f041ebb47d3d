import type { Data } from '../../util/data.ts';
import {
  characters,
  hook,
  listed,
  modelFreshness,
  optionalText,
  shaped,
  sourceFreshness,
  text,
  textOrTexts,
  texts,
  wholeNumber,
} from './values.ts';

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

const word = (name: string, initial: Data = null): Field => field(name, initial, 'clobber', optionalText);
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
  word('alias'),
  word('schema', schema),
  word('database'),
  field('tags', [], 'append', texts),
  field('meta', {}, 'update'),
  word('group'),
  word('static_analysis'),
];

const node = (materialized: string): readonly Field[] => [
  ...common(null),
  field('materialized', materialized, 'clobber', text),
  word('incremental_strategy'),
  field('batch_size'),
  field('lookback', 1),
  field('begin'),
  field('persist_docs', {}),
  field('post-hook', [], 'append', hooks),
  field('pre-hook', [], 'append', hooks),
  field('quoting', {}, 'update'),
  field('column_types', {}, 'update'),
  field('full_refresh'),
  field('unique_key', null, 'clobber', textOrTexts),
  word('on_schema_change', 'ignore'),
  field('on_configuration_change', 'apply'),
  field('grants', {}, 'append by key'),
  field('packages', [], 'append', texts),
  field('docs', DOCS, 'update', shaped(DOCS)),
  field('contract', CONTRACT, 'update', shaped(CONTRACT)),
  field('event_time'),
  field('concurrent_batches'),
];

const SEMANTIC: readonly Field[] = [field('enabled', true), word('group'), field('meta', {}, 'update')];
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
  seed: [...node('seed'), field('delimiter', ',', 'clobber', text), field('quote_columns')],
  snapshot: [
    ...node('snapshot'),
    word('strategy'),
    word('target_schema'),
    word('target_database'),
    word('updated_at'),
    field('check_cols', null, 'clobber', textOrTexts),
    field('snapshot_meta_column_names', META_COLUMNS, 'clobber', shaped(META_COLUMNS)),
    word('dbt_valid_to_current'),
  ],
  analysis: node('view'),
  operation: node('view'),
  test: [
    ...common('dbt_test__audit'),
    field('materialized', 'test'),
    field('severity', 'ERROR'),
    field('store_failures'),
    word('store_failures_as'),
    field('sql_header'),
    word('where'),
    field('limit', null, 'clobber', wholeNumber),
    field('fail_calc', 'count(*)', 'clobber', text),
    field('warn_if', '!= 0', 'clobber', text),
    field('error_if', '!= 0', 'clobber', text),
  ],
  source: [
    field('enabled', true),
    field('event_time'),
    field('freshness', sourceFreshness({}), 'clobber', sourceFreshness),
    word('loaded_at_field'),
    word('loaded_at_query'),
    field('meta', {}, 'update'),
    field('tags', [], 'clobber', characters),
    word('static_analysis'),
  ],
  exposure: [field('enabled', true), field('tags', [], 'clobber', characters), field('meta', {})],
  unit_test: [
    field('tags', [], 'append', texts),
    field('meta', {}, 'update'),
    field('enabled', true),
    word('static_analysis'),
  ],
  group: [field('meta', {}, 'update')],
  metric: SEMANTIC,
  semantic_model: SEMANTIC,
  saved_query: [...SEMANTIC, field('export_as'), word('schema'), field('cache', CACHE, 'clobber', shaped(CACHE))],
  function: [
    ...node('function'),
    field('type', 'scalar'),
    field('volatility'),
    word('runtime_version'),
    word('entry_point'),
    field('snowflake', SNOWFLAKE, 'clobber', shaped(SNOWFLAKE)),
  ],
};
