import type { CommandSpec } from '../command.ts';
import { EMPTY, FULL_REFRESH, INJECT_CTES, INLINE, INTROSPECT, SELECTION, TEXT_OR_JSON } from '../options.ts';
import { runGraphCommand } from '../run-command.ts';

export const compile: CommandSpec = {
  name: 'compile',
  description: 'Write the SQL of every node to the target folder; a server is asked only where a model asks one.',
  options: [...SELECTION, FULL_REFRESH, EMPTY, INLINE, TEXT_OR_JSON, INTROSPECT, INJECT_CTES],
  run: runGraphCommand,
};
