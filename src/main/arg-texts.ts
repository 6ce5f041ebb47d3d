import type { Data } from '../util/data.ts';

/** The flags dbt reports at the start, whatever the command. */
const REPORTED = [
  ...['cache_selected_only', 'debug', 'empty', 'fail_fast', 'hints_enabled', 'indirect_selection', 'introspect'],
  ...['log_cache_events', 'log_format', 'log_path', 'maximum_seed_size_mib', 'no_print', 'partial_parse'],
  ...['printer_width', 'profiles_dir', 'quiet', 'send_anonymous_usage_stats', 'static_parser', 'target_path'],
  ...['use_colors', 'use_experimental_parser', 'version_check', 'warn_error', 'warn_error_options', 'write_json'],
];

/** Flags as the MainReportArgs event holds them: texts as Python prints them. */
export function argTexts(flags: Readonly<Record<string, Data>>, command: string): Record<string, string> {
  const texts = Object.fromEntries(REPORTED.map((name) => [name, pythonText(name, flags[name])]));
  return { ...texts, invocation_command: command };
}

function pythonText(name: string, value: Data | undefined): string {
  if (name === 'warn_error_options') {
    const lists = Object.entries((value ?? {}) as Record<string, readonly string[] | string>);
    return `WarnErrorOptionsV2(${lists.map(([key, list]) => `${key}=${pythonList(list)}`).join(', ')})`;
  }
  if (value === undefined || value === null) return 'None';
  if (value === true) return 'True';
  return value === false ? 'False' : String(value);
}

/** `all` stands for every name. */
const pythonList = (names: readonly string[] | string): string =>
  typeof names === 'string' ? names : `[${names.map((name) => `'${name}'`).join(', ')}]`;
