import type { CommandSpec } from '../command.ts';
import { FORCE, PRINT_ENV } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const serverStart: CommandSpec = {
  name: 'server start',
  description: 'Keep the private ClickHouse up between commands.',
  options: [PRINT_ENV],
  run: (invocation) => withReporter(invocation, (main, request) => main.serverStart(request)),
};

export const serverStop: CommandSpec = {
  name: 'server stop',
  description: 'Stop the private ClickHouse.',
  options: [FORCE],
  run: (invocation) => withReporter(invocation, (main, request) => main.serverStop(request)),
};

export const serverStatus: CommandSpec = {
  name: 'server status',
  description: 'Show whether the private ClickHouse is up, and who uses it.',
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.serverStatus(request)),
};
