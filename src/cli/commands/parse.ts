import type { CommandSpec } from '../command.ts';
import { withReporter } from '../run-command.ts';

export const parse: CommandSpec = {
  name: 'parse',
  description: 'Read the project and write manifest.json.',
  options: [],
  run: (invocation) => withReporter(invocation, async (main, request) => main.parseOnly(request)),
};
