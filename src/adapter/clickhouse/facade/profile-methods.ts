import { Dict, type PyObject, type Value } from '../../../jinja/index.ts';
import type { Methods } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import { makesOnCluster } from '../profile.ts';
import { type S3Source, s3Clause } from '../s3.ts';
import { settingsClause, settingsForEngine, tableSettings } from '../settings-text.ts';
import { effectiveStrategy, noStrategyMacro, strategyMacroName, validateStrategy } from '../strategy.ts';
import { field, items, present, settingsMap, text } from './template-value.ts';

/** What follows from the profile and the model's configuration. */
export const profileMethods: Methods = {
  get_clickhouse_cluster_name: (node) =>
    method('get_clickhouse_cluster_name', [], () => {
      const { cluster } = node.server.profile;
      return cluster === null ? null : `"${cluster}"`;
    }),
  get_clickhouse_local_suffix: (node) =>
    method('get_clickhouse_local_suffix', [], () => node.server.profile.localSuffix),
  get_clickhouse_local_db_prefix: (node) =>
    method('get_clickhouse_local_db_prefix', [], () => node.server.profile.localDbPrefix),
  clickhouse_db_engine_clause: (node) =>
    method('clickhouse_db_engine_clause', [], () => {
      const { databaseEngine } = node.server.profile;
      return databaseEngine === '' ? '' : `ENGINE ${databaseEngine}`;
    }),
  should_on_cluster: (node) =>
    method('should_on_cluster', ['materialized?', 'engine?'], () => makesOnCluster(node.server.profile)),
  calculate_incremental_strategy: (node) =>
    method('calculate_incremental_strategy', ['strategy'], (strategy) =>
      effectiveStrategy(text(strategy), node.server.profile.useLightweightDeletes),
    ),
  validate_incremental_strategy: () =>
    method('validate_incremental_strategy', ['strategy', 'predicates', 'unique_key', 'partition_by'], (...given) => {
      const [strategy, predicates, uniqueKey, partitionBy] = given;
      validateStrategy({
        strategy: text(strategy),
        hasPredicates: items(predicates).length > 0,
        uniqueKey: text(uniqueKey) || null,
        partitionBy: Array.isArray(partitionBy) && partitionBy.length === 0 ? null : text(partitionBy) || null,
      });
      return null;
    }),
  get_incremental_strategy_macro: () =>
    method('get_incremental_strategy_macro', ['model_context', 'strategy'], (context: PyObject, strategy) => {
      const name = strategyMacroName(present(strategy) ? text(strategy) : 'default');
      const macro = context.pyItem?.(name);
      if (macro === undefined) throw noStrategyMacro(name);
      return macro;
    }),
  get_model_settings: (node) =>
    method('get_model_settings', ['model', 'engine?'], (model, engine = 'MergeTree') => {
      const { profile, emit } = node.server;
      const config = field(model, 'config');
      const wanted = tableSettings(
        settingsMap(field(config, 'settings')),
        text(field(config, 'materialized')),
        profile.allowDeduplication,
      );
      const kept = settingsForEngine(wanted, text(engine), (name) =>
        emit({
          name: 'AdapterEventWarning',
          data: { base_msg: `Setting ${name} not available for engine ${engine}, ignoring.` },
        }),
      );
      // The marker tells other macros where the query's own text ends.
      return `-- end_of_sql\n${settingsClause(kept)}\n`;
    }),
  filter_settings_by_engine: () =>
    method('filter_settings_by_engine', ['settings', 'engine'], (settings, engine) => {
      return new Dict(settingsForEngine(settingsMap(settings), text(engine), () => {}));
    }),
  get_model_query_settings: () =>
    method('get_model_query_settings', ['model'], (model) => {
      const clause = settingsClause(settingsMap(field(field(model, 'config'), 'query_settings')));
      return clause === '' ? '' : `-- settings_section\n${clause}\n`;
    }),
  get_credentials: (node) =>
    method('get_credentials', ['connection_overrides'], (overrides) => {
      const all = new Map<string, Value>(Object.entries(node.server.profile.credentials));
      for (const [key, value] of settingsMap(overrides)) all.set(key, value);
      // An override that is empty takes the key out.
      for (const key of settingsMap(overrides).keys()) if (!all.get(key)) all.delete(key);
      return new Dict(all);
    }),
  s3source_clause: () =>
    method(
      's3source_clause',
      ['config_name', 's3_model_config', ...S3_KEYS.map((key) => `${key}?`)],
      (_name, config, ...given) => {
        const named = S3_KEYS.map((key, i) => [key, text(given[i]) === '' ? (field(config, key) ?? '') : given[i]]);
        return s3Clause(Object.fromEntries(named.map(([key, value]) => [key, s3Value(value)])) as unknown as S3Source);
      },
    ),
};

const S3_KEYS = [
  'bucket',
  'path',
  'fmt',
  'structure',
  'aws_access_key_id',
  'aws_secret_access_key',
  'role_arn',
  'compression',
  'external_id',
];

function s3Value(value: Value): unknown {
  if (value instanceof Dict) return new Map([...value.entries()].map(([name, type]) => [String(name), String(type)]));
  return Array.isArray(value) ? value.map(String) : text(present(value) ? value : '');
}
