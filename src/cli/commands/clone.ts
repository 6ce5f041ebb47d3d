import type { CommandSpec } from '../command.ts';
import { FULL_REFRESH, RESOURCES, SELECTION } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const clone: CommandSpec = {
  name: 'clone',
  description: 'Make the relations of another environment here, without copying rows where the engine can.',
  options: [...SELECTION, ...RESOURCES, FULL_REFRESH],
  run: (invocation) => withReporter(invocation, async (main, request) => main.clone(request)),
};
