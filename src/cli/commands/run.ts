import type { CommandSpec } from '../command.ts';
import { EMPTY, FULL_REFRESH, SELECTION } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const run: CommandSpec = {
  name: 'run',
  description: 'Build models.',
  options: [...SELECTION, FULL_REFRESH, EMPTY],
  run: runGraphCommand,
};
