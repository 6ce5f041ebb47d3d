/** Every key that dbt_project.yml may have at its top. */
export const PROJECT_KEYS: readonly string[] = [
  ...['name', 'version', 'config-version', 'project-root', 'profile', 'require-dbt-version', 'restrict-access'],
  ...['source-paths', 'model-paths', 'data-paths', 'seed-paths', 'test-paths', 'analysis-paths', 'macro-paths'],
  ...['snapshot-paths', 'docs-paths', 'asset-paths', 'function-paths', 'osi-paths'],
  ...['target-path', 'log-path', 'clean-targets', 'packages-install-path', 'packages', 'dbt-cloud', 'flags'],
  ...['on-run-start', 'on-run-end', 'dispatch', 'quoting', 'query-comment', 'vars'],
  ...['models', 'seeds', 'snapshots', 'sources', 'tests', 'data_tests', 'unit_tests', 'analyses', 'exposures'],
  ...['metrics', 'semantic-models', 'saved-queries', 'functions'],
];

/** Names that a project cannot have, because templates use them. */
export const RESERVED_NAMES: readonly string[] = [
  ...['_sql_results', 'adapter', 'api', 'column', 'config', 'context', 'database', 'env', 'env_var', 'exceptions'],
  ...['execute', 'flags', 'fromjson', 'fromyaml', 'graph', 'invocation_id', 'load_agate_table', 'load_result', 'log'],
  ...['model', 'modules', 'post_hooks', 'pre_hooks', 'ref', 'render', 'return', 'run_started_at', 'schema', 'source'],
  ...['sql', 'sql_now', 'store_result', 'store_raw_result', 'target', 'this', 'tojson', 'toyaml'],
  ...['try_or_compiler_error', 'var', 'write'],
];
