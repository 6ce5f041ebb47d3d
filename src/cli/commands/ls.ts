import type { CommandSpec } from '../command.ts';
import { LS_OUTPUT, MODELS, OUTPUT_KEYS, RESOURCES, SELECTION } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const ls: CommandSpec = {
  name: 'ls',
  aliases: ['list'],
  description: 'List the nodes of the project.',
  options: [...SELECTION, ...RESOURCES, MODELS, LS_OUTPUT, OUTPUT_KEYS],
  run: (invocation) => withReporter(invocation, async (main, request) => main.list(request)),
};
