import type { CommandSpec } from '../command.ts';
import { withReporter } from '../run-command.ts';

export const syncRun: CommandSpec = {
  name: 'sync run',
  description: 'Swap marts into Postgres.',
  arguments: [{ name: '[names...]', description: 'names of syncs; all of them where none is given' }],
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncRun(request, invocation.positional)),
};

export const syncLs: CommandSpec = {
  name: 'sync ls',
  description: 'List the syncs of the project.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncList(request)),
};
