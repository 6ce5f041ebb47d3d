import type { CommandSpec } from '../command.ts';
import { CLEAN_PROJECT_ONLY } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const clean: CommandSpec = {
  name: 'clean',
  description: 'Delete the folders named in clean-targets.',
  options: [CLEAN_PROJECT_ONLY],
  run: (invocation) => withReporter(invocation, async (main, request) => main.clean(request)),
};
