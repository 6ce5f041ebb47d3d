import { fromData, type Value } from '../../jinja/index.ts';
import { shownFlags } from '../../util/flags.ts';
import type { ContextEnvironment } from '../types.ts';

/** `invocation_args_dict`: the flags of this run by dbt's names, without those that say nothing. */
export function invocationArgs({ flags, invocation }: Pick<ContextEnvironment, 'flags' | 'invocation'>): Value {
  return fromData({ ...shownFlags(flags), which: invocation.which, invocation_command: invocation.command });
}
