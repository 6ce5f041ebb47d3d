import { fromData, type Value } from '../../jinja/index.ts';
import type { Data } from '../../util/data.ts';
import type { ContextEnvironment } from '../types.ts';

/** dbt leaves these out where they say nothing. */
const SILENT_WHEN_FALSE = new Set(
  'debug full_refresh fail_fast warn_error single_threaded log_cache_events store_failures use_experimental_parser'.split(
    ' ',
  ),
);

/** `invocation_args_dict`: the flags of this run by dbt's names, without those that say nothing. */
export function invocationArgs({ flags, invocation }: Pick<ContextEnvironment, 'flags' | 'invocation'>): Value {
  const shown: Record<string, Data> = {};
  for (const [name, value] of Object.entries(flags))
    if (value !== null && !(value === false && SILENT_WHEN_FALSE.has(name))) shown[name] = value;
  return fromData({ ...shown, which: invocation.which, invocation_command: invocation.command });
}
