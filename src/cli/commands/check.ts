import type { CommandSpec } from '../command.ts';
import { CHECK_OUTPUT, DIFF, PULL, SELECTION, WATCH } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const check: CommandSpec = {
  name: 'check',
  description: 'Let ClickHouse itself type every model over empty tables; no server is needed.',
  arguments: [{ name: '[nodes...]', description: 'nodes to check, as --select takes them' }],
  options: [...SELECTION, CHECK_OUTPUT, PULL, DIFF, WATCH],
  run: (invocation) => {
    const select = [...((invocation.given['select'] as string[] | undefined) ?? []), ...invocation.positional];
    const given = select.length > 0 ? { ...invocation.given, select } : invocation.given;
    return withReporter({ ...invocation, given }, (main, request) => main.check(request));
  },
};
