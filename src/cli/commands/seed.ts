import type { CommandSpec } from '../command.ts';
import { EMPTY, FULL_REFRESH, SELECTION, SHOW } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const seed: CommandSpec = {
  name: 'seed',
  description: 'Load CSV files.',
  options: [...SELECTION, FULL_REFRESH, EMPTY, SHOW],
  run: runGraphCommand,
};
