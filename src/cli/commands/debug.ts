import type { CommandSpec } from '../command.ts';
import { CONFIG_DIR, CONNECTION } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const debug: CommandSpec = {
  name: 'debug',
  description: 'Show what was found and whether the database answers.',
  options: [CONNECTION, CONFIG_DIR],
  run: (invocation) => withReporter(invocation, async (main, request) => main.debug(request)),
};
