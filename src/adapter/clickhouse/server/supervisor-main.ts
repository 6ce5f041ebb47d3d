/**
 * The supervisor process: detached from whoever started it, it owns the server's life line and serves leases on it.
 * Argument: SupervisorOptions as JSON. Says a StartOutcome on standard output, once, and logs to standard error.
 */
import { describeFailure, StartError } from './failure.ts';
import { supervise } from './supervisor.ts';
import type { StartOutcome, SupervisorOptions } from './types.ts';

const options = JSON.parse(process.argv[2] ?? '') as SupervisorOptions;

// Who asked may be gone already.
process.stdout.on('error', () => {});
const say = (outcome: StartOutcome): Promise<void> =>
  new Promise((said) => process.stdout.end(JSON.stringify(outcome), () => said()));

process.on('SIGHUP', () => {});
try {
  const supervisor = await supervise(options);
  process.on('SIGTERM', () => supervisor.stop());
  process.on('SIGINT', () => supervisor.stop());
  await say({ ok: true });
  await supervisor.over;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  const failure = error instanceof StartError ? error.failure : describeFailure(String(error), options.dataDir);
  await say({ ok: false, ...failure });
  process.exit(1);
}
