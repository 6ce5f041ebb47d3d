import type { CommandSpec } from '../command.ts';
import { ARGS, SQL } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const runOperation: CommandSpec = {
  name: 'run-operation',
  description: 'Call a macro, or run a statement.',
  arguments: [{ name: '[macro]', description: 'its name, or package.name; none with --sql' }],
  options: [ARGS, SQL],
  run: (invocation) =>
    withReporter(invocation, async (main, request) => main.operation(request, invocation.positional[0])),
};
