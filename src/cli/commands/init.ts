import type { CommandSpec } from '../command.ts';
import { SKIP_DEBUG, SKIP_PROFILE_SETUP } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const init: CommandSpec = {
  name: 'init',
  description: 'Write a new project that builds at once; within a project, only its profile.',
  arguments: [{ name: '[project_name]', description: 'its name, and the folder it is written to' }],
  options: [SKIP_PROFILE_SETUP, SKIP_DEBUG],
  run: (invocation) => withReporter(invocation, (main, request) => main.init(request, invocation.positional[0])),
};
