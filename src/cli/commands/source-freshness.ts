import type { CommandSpec } from '../command.ts';
import { FRESHNESS_OUTPUT, SELECTION } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const sourceFreshness: CommandSpec = {
  name: 'source freshness',
  aliases: ['snapshot-freshness'],
  description: 'Look how old the newest rows of the sources are.',
  options: [...SELECTION, FRESHNESS_OUTPUT],
  run: (invocation) => withReporter(invocation, async (main, request) => main.sourceFreshness(request)),
};
