import type { CommandSpec } from '../command.ts';
import { BACKUPS, DAYS, DRY_RUN, LS_OUTPUT, SELECTION, STATEMENTS, TEXT_OR_JSON, TO_BACKUP, WAIT } from '../options.ts';
import { withReporter } from '../run-command.ts';

const NAMES = [{ name: '[names...]', description: 'names of syncs; all of them where nothing is given or selected' }];

export const syncRun: CommandSpec = {
  name: 'sync run',
  description: 'Push marts to Postgres.',
  arguments: NAMES,
  options: [...SELECTION, WAIT],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncRun(request, invocation.positional)),
};

export const syncPlan: CommandSpec = {
  name: 'sync plan',
  description: 'Show what a run would change, and change nothing.',
  arguments: NAMES,
  options: [...SELECTION, STATEMENTS, TEXT_OR_JSON],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncPlan(request, invocation.positional)),
};

export const syncRollback: CommandSpec = {
  name: 'sync rollback',
  description: 'Swap the rows before the last run back.',
  arguments: [{ name: '<names...>', description: 'names of syncs' }],
  options: [TO_BACKUP],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncRollback(request, invocation.positional)),
};

export const syncStatus: CommandSpec = {
  name: 'sync status',
  description: 'Show the target of each sync, its backups, its last run, and who is at it now.',
  arguments: NAMES,
  options: [...SELECTION, TEXT_OR_JSON],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncStatus(request, invocation.positional)),
};

export const syncHistory: CommandSpec = {
  name: 'sync history',
  description: 'List the runs of the last days.',
  arguments: NAMES,
  options: [...SELECTION, DAYS, TEXT_OR_JSON],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncHistory(request, invocation.positional)),
};

export const syncClean: CommandSpec = {
  name: 'sync clean',
  description: 'Drop what syncs that died left behind.',
  arguments: NAMES,
  options: [...SELECTION, BACKUPS, DRY_RUN],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncClean(request, invocation.positional)),
};

export const syncLs: CommandSpec = {
  name: 'sync ls',
  description: 'List the syncs of the project.',
  arguments: NAMES,
  options: [...SELECTION, LS_OUTPUT],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncList(request, invocation.positional)),
};

export const syncSchema: CommandSpec = {
  name: 'sync schema',
  description: 'Print the JSON Schema of the files in syncs/, for editors.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.syncSchema(request)),
};
