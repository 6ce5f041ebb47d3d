import type { CommandSpec } from '../command.ts';
import { FULL_REFRESH } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const retry: CommandSpec = {
  name: 'retry',
  description: 'Run the last command again for what failed or was skipped; --vars and --threads may differ.',
  options: [FULL_REFRESH],
  run: (invocation) => withReporter(invocation, async (main, request) => main.retry(request)),
};
