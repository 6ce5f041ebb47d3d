import type { CommandSpec } from '../command.ts';
import { RESOURCES, SELECTION, STORE_FAILURES } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const test: CommandSpec = {
  name: 'test',
  description: 'Run data tests and unit tests.',
  options: [...SELECTION, ...RESOURCES, STORE_FAILURES],
  run: runGraphCommand,
};
