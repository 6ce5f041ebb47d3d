import { isTsdbtError } from '../error/index.ts';
import type { Request } from '../main.ts';
import { createReporter } from '../report/index.ts';
import { utcMicros } from '../util/time.ts';
import type { CommandInvocation } from './command.ts';
import { reportSettings } from './report-settings.ts';
import { showError } from './show-error.ts';
import { createTerminal } from './terminal.ts';

type Main = typeof import('../main.ts');

/** Gives a command its reporter and main, and turns whatever is thrown into lines and exit code 2. */
export async function withReporter(
  invocation: CommandInvocation,
  action: (main: Main, request: Request) => Promise<number>,
): Promise<number> {
  const settings = reportSettings(invocation.given, process.env, process.stdout.isTTY === true);
  const interrupt = new AbortController();
  const terminal = createTerminal(() => interrupt.abort());
  const reporter = createReporter({
    ...settings,
    ...terminal,
    answersOnly: invocation.which === 'list' || invocation.which === 'ls',
  });
  // Once: what runs is cancelled and told of. Twice: at once, whatever is left behind. A closed pipe is no signal.
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals > 1) process.exit(2);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const began = performance.now();
  let code = 2;
  let root = process.cwd();
  const opened: Request['opened'] = (folder, log, flags) => {
    root = folder;
    reporter.opened(folder, log, flags);
  };
  try {
    const main = await import('../main.ts');
    code = await action(
      main,
      requestOf(invocation, settings.invocationId, { emit: reporter.emit, opened }, interrupt.signal),
    );
  } catch (error) {
    showError(error, reporter, { ...settings, root });
    if (!isTsdbtError(error) && settings.debug) process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    const elapsed = (performance.now() - began) / 1000;
    const completed_at = utcMicros(new Date());
    const data = { command: `dbt ${invocation.which}`, success: code === 0, elapsed, completed_at };
    reporter.emit({ name: 'CommandCompleted', data });
    reporter.close();
  }
  return code;
}

/** The commands that run nodes differ only in which nodes. */
export function runGraphCommand(invocation: CommandInvocation): Promise<number> {
  return withReporter(invocation, (main, request) => main.run(request));
}

function requestOf(
  invocation: CommandInvocation,
  invocationId: string,
  { emit, opened }: Pick<Request, 'emit' | 'opened'>,
  interrupted: AbortSignal,
): Request {
  return {
    which: invocation.which,
    given: invocation.given,
    argv: invocation.argv,
    cwd: process.cwd(),
    env: process.env,
    invocationId,
    emit,
    opened,
    interrupted,
  };
}
