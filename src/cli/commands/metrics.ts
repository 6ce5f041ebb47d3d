import type { CommandSpec } from '../command.ts';
import { METRICS_SERVING } from '../options.ts';
import { withReporter } from '../run-command.ts';

export const metricsServe: CommandSpec = {
  name: 'metrics serve',
  description: 'Serve how the jobs are doing to Prometheus, until Ctrl-C.',
  options: METRICS_SERVING,
  run: (invocation) => withReporter(invocation, (main, request) => main.metricsServe(request)),
};
