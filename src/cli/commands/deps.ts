import type { CommandSpec } from '../command.ts';
import { withReporter } from '../run-command.ts';

export const deps: CommandSpec = {
  name: 'deps',
  description: 'Put the packages of packages.yml in place.',
  options: [],
  run: (invocation) => withReporter(invocation, async (main, request) => main.deps(request)),
};
