import type { CommandSpec } from '../command.ts';
import { withReporter } from '../run-command.ts';

export const demo: CommandSpec = {
  name: 'demo',
  description: "Run the reference project's main job: source data, models, tests, Postgres, syncs.",
  options: [],
  run: (invocation) => withReporter(invocation, (main, request) => main.demo(request)),
};
