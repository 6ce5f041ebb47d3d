import type { FlagSpec } from './table.ts';

const SELECTING = [
  ...['build', 'clone', 'compile', 'docs generate', 'list', 'run', 'seed', 'show', 'snapshot', 'source freshness'],
  'test',
];
const TYPED = ['build', 'clone', 'list', 'test'];
const BATCHED = ['build', 'run'];
const RESOURCE_TYPES = [
  ...['metric', 'semantic_model', 'saved_query', 'source', 'analysis', 'function', 'model', 'test', 'unit_test'],
  ...['exposure', 'snapshot', 'seed', 'default', 'all'],
];

/** Options that only some commands take. */
export const COMMAND_FLAGS: readonly FlagSpec[] = [
  { name: 'select', kind: 'list', default: [], env: 'none', commands: SELECTING },
  { name: 'exclude', kind: 'list', default: [], env: 'none', commands: SELECTING },
  { name: 'selector', kind: 'text', default: null, env: 'none', commands: SELECTING },
  {
    name: 'sqlparse',
    kind: 'yaml',
    default: { MAX_GROUPING_DEPTH: null, MAX_GROUPING_TOKENS: null },
    env: 'engine',
    commands: [...['build', 'docs generate', 'compile', 'show', 'run', 'seed', 'snapshot', 'source freshness', 'test']],
  },
  { name: 'models', kind: 'list', default: [], env: 'none', commands: ['list'] },
  { name: 'resource_types', kind: 'list', default: [], env: 'both', choices: RESOURCE_TYPES, commands: TYPED },
  { name: 'exclude_resource_types', kind: 'list', default: [], env: 'both', choices: RESOURCE_TYPES, commands: TYPED },
  {
    name: 'full_refresh',
    kind: 'boolean',
    default: false,
    env: 'both',
    commands: [...['build', 'clone', 'compile', 'retry', 'run', 'seed', 'show']],
  },
  { name: 'store_failures', kind: 'boolean', default: false, env: 'both', commands: ['build', 'test'] },
  {
    name: 'empty',
    kind: 'boolean',
    default: false,
    env: 'both',
    commands: [...BATCHED, 'compile', 'seed', 'snapshot'],
  },
  { name: 'event_time_start', kind: 'timestamp', default: null, env: 'both', commands: BATCHED },
  { name: 'event_time_end', kind: 'timestamp', default: null, env: 'both', commands: BATCHED },
  { name: 'sample', kind: 'text', default: null, env: 'both', commands: BATCHED },
  { name: 'export_saved_queries', kind: 'boolean', default: false, env: 'both', commands: ['build'] },
  { name: 'include_saved_query', kind: 'boolean', default: false, env: 'both', commands: ['build'] },
  { name: 'show', kind: 'boolean', default: false, env: 'none', commands: ['build', 'seed'] },
  { name: 'inline', kind: 'text', default: null, env: 'none', commands: ['compile', 'show'] },
  { name: 'inline_direct', kind: 'text', default: null, env: 'none', commands: ['show'] },
  { name: 'inject_ephemeral_ctes', kind: 'boolean', default: true, env: 'none', commands: ['compile'] },
  { name: 'introspect', kind: 'boolean', default: true, env: 'both', commands: ['compile', 'show'] },
  { name: 'limit', kind: 'integer', default: 5, env: 'none', commands: ['show'] },
  {
    name: 'output',
    kind: 'choice',
    default: 'text',
    env: 'none',
    choices: ['json', 'text'],
    commands: ['compile', 'show'],
  },
  {
    name: 'output',
    kind: 'choice',
    default: 'selector',
    env: 'none',
    choices: ['json', 'name', 'path', 'selector'],
    commands: ['list'],
  },
  { name: 'output', kind: 'path', default: null, env: 'none', commands: ['source freshness'] },
  { name: 'output_keys', kind: 'list', default: [], env: 'none', commands: ['list'] },
  { name: 'args', kind: 'yaml', default: {}, env: 'none', commands: ['run-operation'] },
  { name: 'sql', kind: 'text', default: null, env: 'none', commands: ['run-operation'] },
  { name: 'macro', kind: 'text', default: null, env: 'none', commands: ['run-operation'] },
  { name: 'compile', kind: 'boolean', default: true, env: 'none', commands: ['docs generate'] },
  { name: 'static', kind: 'boolean', default: false, env: 'none', commands: ['docs generate'] },
  { name: 'empty_catalog', kind: 'boolean', default: false, env: 'none', commands: ['docs generate'] },
  { name: 'browser', kind: 'boolean', default: true, env: 'none', commands: ['docs serve'] },
  { name: 'host', kind: 'text', default: '127.0.0.1', env: 'both', commands: ['docs serve'] },
  { name: 'port', kind: 'integer', default: 8080, env: 'none', commands: ['docs serve'] },
  { name: 'clean_project_files_only', kind: 'boolean', default: true, env: 'both', commands: ['clean'] },
  { name: 'config_dir', kind: 'boolean', default: false, env: 'none', commands: ['debug'] },
  { name: 'connection', kind: 'boolean', default: false, env: 'none', commands: ['debug'] },
  { name: 'add_package', kind: 'text', default: null, env: 'none', commands: ['deps'] },
  { name: 'lock', kind: 'boolean', default: false, env: 'none', commands: ['deps'] },
  { name: 'source', kind: 'choice', default: 'hub', env: 'none', choices: ['hub', 'git', 'local'], commands: ['deps'] },
  { name: 'upgrade', kind: 'boolean', default: false, env: 'none', commands: ['deps'] },
  { name: 'project_name', kind: 'text', default: null, env: 'none', commands: ['init'] },
  { name: 'skip_debug', kind: 'boolean', default: false, env: 'none', commands: ['init'] },
  { name: 'skip_profile_setup', kind: 'boolean', default: false, env: 'none', commands: ['init'] },
];

const ALIASES: Readonly<Record<string, string>> = { ls: 'list', 'source snapshot-freshness': 'source freshness' };

/** The options that belong to a command alone. */
export function flagsOfCommand(which: string): readonly FlagSpec[] {
  const name = ALIASES[which] ?? which;
  return COMMAND_FLAGS.filter(({ commands }) => commands?.includes(name));
}
