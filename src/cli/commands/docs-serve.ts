import type { CommandSpec } from '../command.ts';
import { SERVING } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const docsServe: CommandSpec = {
  name: 'docs serve',
  description: 'Serve the documentation to this machine, until Ctrl-C.',
  options: SERVING,
  run: (invocation) =>
    withReporter(invocation, (main, request) => main.docsServe(request, invocation.surroundings.isTerminal)),
};
