import type { CommandSpec } from '../command.ts';
import { DEPS } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const deps: CommandSpec = {
  name: 'deps',
  description: 'Install the packages named in packages.yml.',
  options: DEPS,
  run: (invocation) => withReporter(invocation, async (main, request) => main.deps(request)),
};
