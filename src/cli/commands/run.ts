import type { CommandSpec } from '../command.ts';
import { EMPTY, EVENT_TIME, FULL_REFRESH, SAMPLE, SELECTION } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const run: CommandSpec = {
  name: 'run',
  description: 'Build models.',
  options: [...SELECTION, FULL_REFRESH, EMPTY, SAMPLE, ...EVENT_TIME],
  run: runGraphCommand,
};
