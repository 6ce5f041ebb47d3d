import type { CommandSpec } from '../command.ts';
import { FULL_REFRESH, INLINE, INLINE_DIRECT, INTROSPECT, LIMIT, SELECTION, TEXT_OR_JSON } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const show: CommandSpec = {
  name: 'show',
  description: 'Show the first rows of nodes, or of a statement.',
  options: [...SELECTION, INLINE, INLINE_DIRECT, INTROSPECT, LIMIT, TEXT_OR_JSON, FULL_REFRESH],
  run: (invocation) => withReporter(invocation, async (main, request) => main.show(request)),
};
