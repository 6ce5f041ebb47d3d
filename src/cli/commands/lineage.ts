import type { CommandSpec } from '../command.ts';
import { DOWN, LINEAGE_OUTPUT, ROWS, UP } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const lineage: CommandSpec = {
  name: 'lineage',
  description: 'Show where a column comes from, or what it reaches, as ClickHouse resolves it; no server is needed.',
  arguments: [{ name: '<column>', description: 'model.column, or source_name.table.column' }],
  options: [UP, DOWN, ROWS, LINEAGE_OUTPUT],
  run: (invocation) =>
    withReporter(invocation, (main, request) => main.lineage(request, String(invocation.positional[0]))),
};
