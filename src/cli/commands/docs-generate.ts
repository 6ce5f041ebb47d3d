import type { CommandSpec } from '../command.ts';
import { COMPILE, EMPTY_CATALOG, SELECTION, SITE } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const docsGenerate: CommandSpec = {
  name: 'docs generate',
  description: 'Write the documentation site, and catalog.json: the columns and types of what is in the database.',
  options: [...SELECTION, COMPILE, EMPTY_CATALOG, ...SITE],
  run: (invocation) => withReporter(invocation, async (main, request) => main.docsGenerate(request)),
};
