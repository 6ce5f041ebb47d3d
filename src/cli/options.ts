import { PROGRESS_CHOICES } from './progress.ts';

/** One option of the command line, by dbt's name for its value. Source of names: dbt 1.12's own command line. */
export interface OptionSpec {
  /** dbt's parameter name; flags and artifacts use it. */
  readonly key: string;
  /** As commander writes it; aliases beyond the second are rewritten before parsing. */
  readonly flags: string;
  readonly description: string;
  /** `switch` has a `--no-` twin; `list` takes every word up to the next flag and may repeat. */
  readonly kind: 'switch' | 'on' | 'value' | 'list';
  readonly choices?: readonly string[];
  readonly hidden?: boolean;
  /** Of a switch whose twin has another name than `--no-…`. */
  readonly negated?: string;
  /** Only after the command. */
  readonly afterOnly?: boolean;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'none'] as const;
export const LOG_FORMATS = ['text', 'debug', 'json', 'default'] as const;

const value = (key: string, argument: string, description: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  key,
  flags: `--${key.replaceAll('_', '-')} <${argument}>`,
  description,
  kind: 'value',
  ...more,
});

const toggle = (key: string, description: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  key,
  flags: `--${key.replaceAll('_', '-')}`,
  description,
  kind: 'switch',
  ...more,
});

const on = (key: string, description: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  key,
  flags: `--${key.replaceAll('_', '-')}`,
  description,
  kind: 'on',
  ...more,
});

const hidden = { hidden: true };

/** Every command takes these, before or after its name. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  value('project_dir', 'dir', 'folder with dbt_project.yml', { afterOnly: true }),
  value('profiles_dir', 'dir', 'folder with profiles.yml', { afterOnly: true }),
  value('profile', 'name', 'profile to use instead of the one in dbt_project.yml'),
  value('target', 'name', 'output of the profile', { flags: '-t, --target <name>' }),
  value('target_path', 'dir', 'where artifacts go', { afterOnly: true }),
  value('log_path', 'dir', 'where dbt.log goes'),
  value('vars', 'yaml', 'variables for the project, as YAML or JSON', { afterOnly: true }),
  value('threads', 'n', 'how many nodes run at once', { afterOnly: true }),
  value('state', 'dir', 'artifacts to compare with'),
  value('defer_state', 'dir', 'artifacts to defer to'),
  toggle('defer', 'take unselected references from the state'),
  toggle('favor_state', 'defer even where the relation exists'),
  toggle('fail_fast', 'stop at the first failure', { flags: '-x, --fail-fast' }),
  value('indirect_selection', 'mode', 'which tests come along', {
    choices: ['eager', 'cautious', 'buildable', 'empty'],
  }),
  toggle('debug', 'show debug lines, and stack traces of errors', { flags: '-d, --debug' }),
  toggle('quiet', 'only errors and what templates print', { flags: '-q, --quiet' }),
  value('log_format', 'format', 'lines on the terminal', { choices: LOG_FORMATS }),
  value('log_format_file', 'format', 'lines of dbt.log', { choices: LOG_FORMATS }),
  value('log_level', 'level', 'least level on the terminal', { choices: LOG_LEVELS }),
  value('log_level_file', 'level', 'least level in dbt.log', { choices: LOG_LEVELS }),
  value('log_file_max_bytes', 'n', 'size at which dbt.log is rolled over', hidden),
  toggle('use_colors', 'colours on the terminal'),
  toggle('use_colors_file', 'colours in dbt.log', hidden),
  value('progress', 'how', 'how progress is shown', { choices: PROGRESS_CHOICES }),
  value('printer_width', 'n', 'width of result lines'),
  toggle('print', 'show what print() says'),
  on('warn_error', 'make every warning an error'),
  value('warn_error_options', 'yaml', 'which warnings are errors, and which are silent'),
  toggle('write_json', 'write artifacts'),
  toggle('partial_parse', 'reuse what was parsed before'),
  toggle('version_check', 'check require-dbt-version'),
  toggle('populate_cache', 'read existing relations before the run'),
  toggle('cache_selected_only', 'read relations of selected schemas only'),
  toggle('static_parser', 'read simple models without rendering them', hidden),
  toggle('send_anonymous_usage_stats', 'accepted for compatibility; tsdbt sends nothing', hidden),
  toggle('show_all_deprecations', 'show each deprecation, not each kind once', hidden),
  toggle('single_threaded', 'one node at a time', hidden),
  toggle('use_fast_test_edges', 'accepted for compatibility', hidden),
  toggle('macro_debugging', 'accepted for compatibility', hidden),
  toggle('log_cache_events', 'accepted for compatibility', hidden),
  value('template_steps', 'n', 'steps a template may take at a stretch: 20000000, 0 for no limit'),
  toggle('use_experimental_parser', 'accepted for compatibility', hidden),
  toggle('hints_enabled', 'accepted for compatibility', hidden),
  toggle('use_v2_parser', 'accepted for compatibility', hidden),
  toggle('snowflake_projects_otel', 'accepted for compatibility', hidden),
  toggle('upload_to_artifacts_ingest_api', 'accepted for compatibility; tsdbt sends nothing', hidden),
  toggle('partial_parse_file_diff', 'accepted for compatibility', hidden),
  toggle('show_resource_report', 'accepted for compatibility', hidden),
  value('partial_parse_file_path', 'file', 'accepted for compatibility', hidden),
  value('v2_parser', 'command', 'accepted for compatibility', hidden),
  value('sqlparse', 'yaml', 'accepted for compatibility', { ...hidden, afterOnly: true }),
  value('deprecated_defer', 'boolean', 'accepted for compatibility', hidden),
  value('deprecated_favor_state', 'boolean', 'accepted for compatibility', hidden),
  value('deprecated_state', 'dir', 'accepted for compatibility', hidden),
  {
    key: 'deprecated_print',
    flags: '--deprecated-print',
    negated: '--deprecated-no-print',
    description: 'accepted for compatibility',
    kind: 'switch',
    ...hidden,
  },
  value('maximum_seed_size_mib', 'n', 'accepted for compatibility', hidden),
  value('record_timing_info', 'file', 'accepted for compatibility', {
    ...hidden,
    flags: '-r, --record-timing-info <file>',
  }),
];

const RESOURCE_TYPES = [
  'metric',
  'semantic_model',
  'saved_query',
  'source',
  'analysis',
  'function',
  'model',
  'test',
  'unit_test',
  'exposure',
  'snapshot',
  'seed',
  'default',
  'all',
];

const list = (key: string, word: string, description: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  key,
  flags: `--${key.replaceAll('_', '-')} <${word}...>`,
  description,
  kind: 'list',
  ...more,
});

export const SELECTION: readonly OptionSpec[] = [
  list('select', 'nodes', 'nodes to take', { flags: '-s, --select <nodes...>' }),
  list('exclude', 'nodes', 'nodes to leave out'),
  value('selector', 'name', 'selector of selectors.yml'),
];

export const RESOURCES: readonly OptionSpec[] = [
  list('resource_types', 'types', 'only these kinds', { choices: RESOURCE_TYPES }),
  list('exclude_resource_types', 'types', 'all but these kinds', { choices: RESOURCE_TYPES }),
];

export const FULL_REFRESH: OptionSpec = on('full_refresh', 'rebuild incremental models from nothing', {
  flags: '-f, --full-refresh',
});
export const EMPTY = toggle('empty', 'build with no rows');
export const FRESHNESS_OUTPUT = value('output', 'file', 'where the result goes instead of target/sources.json', {
  flags: '-o, --output <file>',
});
export const INLINE = value('inline', 'sql', 'a statement with templates, instead of nodes');
export const INLINE_DIRECT = value('inline_direct', 'sql', 'a statement as it is, instead of nodes', hidden);
export const INTROSPECT = toggle('introspect', 'let templates ask the database while compiling');
export const INJECT_CTES = toggle('inject_ephemeral_ctes', 'write ephemeral models into what reads them', hidden);
export const SHOW = on('show', 'show some rows of what was loaded');
export const SAVED_QUERIES: readonly OptionSpec[] = [
  toggle('export_saved_queries', 'accepted for compatibility', hidden),
  toggle('include_saved_query', 'accepted for compatibility', hidden),
];
export const SQL = value('sql', 'sql', 'a statement with templates, instead of a macro');
export const LIMIT = value('limit', 'n', 'how many rows, -1 for all');
export const TEXT_OR_JSON = value('output', 'form', 'how it is shown', { choices: ['json', 'text'] });
export const LINEAGE_OUTPUT = value(
  'output',
  'form',
  'how it is shown; openlineage: the columnLineage facet of its table',
  {
    choices: ['json', 'text', 'openlineage'],
  },
);
export const UP = on('up', 'where it comes from (the default)');
export const DOWN = on('down', 'what it reaches');
export const ROWS = on('rows', 'follow what only decides on rows too: filters, joins, groups, order');
export const SAMPLE = value('sample', 'window', 'read rows of a time only, such as "3 days"');
export const EVENT_TIME: readonly OptionSpec[] = [
  value('event_time_start', 'time', 'first moment that microbatch models are built for'),
  value('event_time_end', 'time', 'moment before which microbatch models are built'),
];
export const STORE_FAILURES: OptionSpec = on('store_failures', 'keep the rows that fail a test');
export const COMPILE = toggle('compile', 'compile first; --no-compile leaves it out');
/** Of the documentation site. */
export const SITE: readonly OptionSpec[] = [
  value('history', 'glob', 'more records of runs, beside those in .tsdbt/runs'),
  on('static', 'also write static_index.html: one file with everything'),
  { key: 'sql', flags: '--no-sql', description: 'leave all SQL out of the site', kind: 'on' },
  { key: 'compiled', flags: '--no-compiled', description: 'leave the compiled SQL out of the site', kind: 'on' },
];
export const EMPTY_CATALOG: OptionSpec = on('empty_catalog', 'ask the database nothing');
export const SERVING: readonly OptionSpec[] = [
  value('host', 'address', 'address to listen on (127.0.0.1)'),
  value('port', 'n', 'port to listen on, 0 for a free one (8080)'),
  toggle('browser', 'open a browser; only from a terminal'),
];
export const METRICS_SERVING: readonly OptionSpec[] = [
  value('host', 'address', 'address to listen on (127.0.0.1)'),
  value('port', 'n', 'port to listen on, 0 for a free one (9464)'),
];
export const ARGS = value('args', 'yaml', 'arguments of the macro, as YAML or JSON');
export const LS_OUTPUT = value('output', 'form', 'how nodes are listed', {
  choices: ['json', 'name', 'path', 'selector'],
});
export const CHECK_OUTPUT = value('output', 'form', 'how findings are shown', {
  choices: ['text', 'concise', 'json', 'markdown', 'github', 'sarif'],
});
export const PULL: OptionSpec = on('pull', 'note the types of all sources in schemas.yml, from the target’s server');
export const DIFF: OptionSpec = on(
  'diff',
  'say what sources are on the target’s server that checks take for something else',
);
export const WATCH: OptionSpec = on('watch', 'check again after each save, until it is interrupted');
export const CHECK_TOO: OptionSpec = on('check', 'then type the same nodes by the engine, as `check` does');
export const OUTPUT_KEYS = list('output_keys', 'keys', 'fields of the JSON lines');
export const CLEAN_PROJECT_ONLY = toggle('clean_project_files_only', 'refuse folders outside the project');
export const CONNECTION: OptionSpec = on('connection', 'only test the connection');
export const CONFIG_DIR: OptionSpec = on('config_dir', 'show where profiles are looked for');
export const MODELS = list('models', 'nodes', 'models to take; nothing else is listed');
export const PRINT_ENV: OptionSpec = on('print_env', 'print what another client needs to connect, as shell exports');
export const FORCE: OptionSpec = on('force', 'stop it although others use it');
export const STATEMENTS: OptionSpec = on('statements', 'show every statement too');
export const WAIT = toggle('wait', 'wait for marts that are older than their syncs want (--no-wait goes on at once)');
export const DRY_RUN: OptionSpec = on('dry_run', 'print what would be done, and why not');
export const SKIPS_SUCCEED: OptionSpec = on(
  'skips_succeed',
  'exit with 0 where the job is not begun because it runs already or because of the hour',
);
export const BACKUPS: OptionSpec = on('backups', 'drop backups too');
export const TO_BACKUP = value('to', 'n', 'which backup gives its rows back: 1 is the newest (1)');
export const DEAD: OptionSpec = on('dead', 'list the rows that were given up, with the reason and the row');
export const AGAIN: OptionSpec = on('again', 'open the rows that were given up: the next run of their job sends them');
export const DAYS = value('days', 'n', 'how many days back (7)');
export const DEPS: readonly OptionSpec[] = [
  value('add_package', 'name', 'write a package, as name@version, into packages.yml'),
  value('source', 'kind', 'where --add-package finds it', { choices: ['hub', 'git', 'local'] }),
  { key: 'lock', flags: '--lock', description: 'only write package-lock.yml', kind: 'on' },
  { key: 'upgrade', flags: '--upgrade', description: 'take the newest versions that packages.yml allows', kind: 'on' },
];
export const SKIP_PROFILE_SETUP: OptionSpec = on('skip_profile_setup', 'write no profiles.yml', {
  flags: '-s, --skip-profile-setup',
});
export const SKIP_DEBUG: OptionSpec = on(
  'skip_debug',
  'accepted for compatibility; the connection is not tested anyway',
  hidden,
);

export const EXPORT_FORMAT = value('format', 'scheduler', 'which scheduler', {
  choices: ['airflow', 'crontab', 'systemd', 'kubernetes', 'github'],
});
export const EXPORT_COMMAND = value('command', 'words', 'how the scheduler starts tsdbt (npx tsdbt)');
export const EXPORT_RUN_DIR = value('run_dir', 'dir', 'the project’s folder where the scheduler runs (this one)');
export const EXPORT_IMAGE = value('image', 'name', 'image of the containers, for Kubernetes (node:20)');
export const EXPORT_DIR = value('output_dir', 'dir', 'where the files go, instead of the terminal');
