import type { CommandSpec } from '../command.ts';
import { EMPTY, SELECTION } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const snapshot: CommandSpec = {
  name: 'snapshot',
  description: 'Record how rows changed.',
  options: [...SELECTION, EMPTY],
  run: runGraphCommand,
};
