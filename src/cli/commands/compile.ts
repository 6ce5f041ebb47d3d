import type { CommandSpec } from '../command.ts';
import { EMPTY, FULL_REFRESH, SELECTION } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const compile: CommandSpec = {
  name: 'compile',
  description: 'Write the SQL of every node to the target folder; a server is asked only where a model asks one.',
  options: [...SELECTION, FULL_REFRESH, EMPTY],
  run: runGraphCommand,
};
