import type { Data, DataMap } from './data.ts';

/** Flags that dbt leaves out of what it shows where they are false. */
const SILENT = new Set([
  ...['debug', 'full_refresh', 'fail_fast', 'warn_error', 'single_threaded', 'log_cache_events', 'store_failures'],
  ...['use_experimental_parser', 'require_event_names_in_deprecations'],
]);

/** The flags as run_results.json and `invocation_args_dict` show them: without those that say nothing. */
export function shownFlags(flags: Readonly<Record<string, Data>>): DataMap {
  const said = Object.entries(flags).filter(
    ([name, value]) => value !== null && !(value === false && SILENT.has(name)),
  );
  return Object.fromEntries(said);
}
