import type { CommandSpec } from '../command.ts';
import {
  CHECK_TOO,
  EMPTY,
  FULL_REFRESH,
  INJECT_CTES,
  INLINE,
  INTROSPECT,
  SELECTION,
  TEXT_OR_JSON,
} from '../options.ts';
import { runGraphCommand, withReporter } from '../run-command.ts';

export const compile: CommandSpec = {
  name: 'compile',
  description: 'Write the SQL of every node to the target folder; a server is asked only where a model asks one.',
  options: [...SELECTION, FULL_REFRESH, EMPTY, INLINE, TEXT_OR_JSON, INTROSPECT, INJECT_CTES, CHECK_TOO],
  run: (invocation) => {
    const { check, ...given } = invocation.given;
    if (check !== true) return runGraphCommand(invocation);
    return withReporter({ ...invocation, given }, async (main, request) => {
      const code = await main.run(request);
      const { output: _, ...chosen } = given;
      return code === 0 ? main.check({ ...request, which: 'check', given: chosen }) : code;
    });
  },
};
