import type { CommandSpec } from '../command.ts';
import { ARGS } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const runOperation: CommandSpec = {
  name: 'run-operation',
  description: 'Call a macro.',
  arguments: [{ name: '<macro>', description: 'its name, or package.name' }],
  options: [ARGS],
  run: (invocation) =>
    withReporter(invocation, async (main, request) => main.operation(request, invocation.positional[0]!)),
};
