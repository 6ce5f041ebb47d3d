import type { CommandSpec } from '../command.ts';
import {
  EMPTY,
  EVENT_TIME,
  FULL_REFRESH,
  RESOURCES,
  SAMPLE,
  SAVED_QUERIES,
  SELECTION,
  SHOW,
  STORE_FAILURES,
} from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const build: CommandSpec = {
  name: 'build',
  description: 'Load seeds, build models and snapshots, run tests, each after what it reads.',
  options: [
    ...SELECTION,
    ...RESOURCES,
    FULL_REFRESH,
    EMPTY,
    SAMPLE,
    ...EVENT_TIME,
    STORE_FAILURES,
    SHOW,
    ...SAVED_QUERIES,
  ],
  run: runGraphCommand,
};
