import type { Data } from '../../util/data.ts';

export type FlagKind =
  | 'boolean'
  | 'integer'
  | 'text'
  | 'path'
  | 'choice'
  | 'list'
  | 'yaml'
  | 'timestamp'
  /** Error, warn and silence as lists of event names. */
  | 'warn-error-options';

/** One option of dbt's command line. */
export interface FlagSpec {
  /** dbt's name for it, in snake case: the key in templates and in run_results. */
  readonly name: string;
  readonly kind: FlagKind;
  readonly default: Data;
  /** Which environment variables set it: `DBT_ENGINE_X` and `DBT_X`, only the first, or none. */
  readonly env: 'both' | 'engine' | 'none';
  readonly choices?: readonly string[];
  /** Sub-commands that take it; absent: every command, and before the command too. */
  readonly commands?: readonly string[];
  /** May stand under `flags:` in dbt_project.yml. */
  readonly inProject?: boolean;
}

type Extra = Partial<Omit<FlagSpec, 'name' | 'kind' | 'default'>>;

const spec = (name: string, kind: FlagKind, byDefault: Data, extra: Extra = {}): FlagSpec => ({
  name,
  kind,
  default: byDefault,
  env: 'both',
  ...extra,
});
const booleans = (byDefault: boolean, names: string, extra: Extra = {}): FlagSpec[] =>
  names.split(' ').map((name) => spec(name, 'boolean', byDefault, extra));

const PROJECT: Extra = { inProject: true };
const FORMATS = ['text', 'debug', 'json', 'default'];
const LEVELS = ['debug', 'info', 'warn', 'error', 'none'];
export const INDIRECT_SELECTION = ['eager', 'cautious', 'buildable', 'empty'];

/** Options of every command. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  ...booleans(false, 'cache_selected_only debug fail_fast use_experimental_parser', PROJECT),
  ...booleans(false, 'defer favor_state log_cache_events macro_debugging quiet single_threaded use_fast_test_edges'),
  ...booleans(false, 'show_resource_report upload_to_artifacts_ingest_api'),
  ...booleans(false, 'show_all_deprecations', { env: 'none' }),
  ...booleans(false, 'snowflake_projects_otel use_v2_parser', { env: 'engine', inProject: true }),
  ...booleans(true, 'partial_parse populate_cache static_parser use_colors use_colors_file version_check', PROJECT),
  ...booleans(true, 'send_anonymous_usage_stats write_json', PROJECT),
  ...booleans(true, 'partial_parse_file_diff print'),
  ...booleans(true, 'hints_enabled', { env: 'engine', inProject: true }),
  spec('indirect_selection', 'choice', 'eager', { choices: INDIRECT_SELECTION, inProject: true }),
  spec('log_format', 'choice', 'default', { choices: FORMATS, inProject: true }),
  spec('log_format_file', 'choice', 'debug', { choices: FORMATS, inProject: true }),
  spec('log_level', 'choice', 'info', { choices: LEVELS, inProject: true }),
  spec('log_level_file', 'choice', 'debug', { choices: LEVELS, inProject: true }),
  spec('log_file_max_bytes', 'integer', 10_485_760),
  spec('printer_width', 'integer', 80, PROJECT),
  spec('maximum_seed_size_mib', 'integer', 1, { env: 'engine', inProject: true }),
  ...['state', 'defer_state', 'log_path', 'partial_parse_file_path', 'profiles_dir', 'project_dir', 'target_path'].map(
    (name) => spec(name, 'path', null),
  ),
  spec('record_timing_info', 'path', null, { env: 'none' }),
  spec('profile', 'text', null),
  spec('target', 'text', null),
  spec('threads', 'integer', null, { env: 'none' }),
  spec('vars', 'yaml', {}, { env: 'none' }),
  spec('v2_parser', 'text', 'dbt-core-experimental-parser parse', { env: 'engine', inProject: true }),
  spec('warn_error', 'boolean', null, PROJECT),
  spec('warn_error_options', 'warn-error-options', { error: [], warn: [], silence: [] }, PROJECT),
];

/** Set whatever the command; some of them are options of some commands. */
export const ALWAYS_SET: readonly FlagSpec[] = [
  ...booleans(false, 'strict_mode', { env: 'none' }),
  ...booleans(false, 'full_refresh store_failures'),
  ...booleans(true, 'introspect'),
];
