import { isTsdbtError } from '../error/index.ts';
import type { Request } from '../main.ts';
import { createReporter } from '../report/index.ts';
import { hideSecrets } from '../util/env-var.ts';
import { utcMicros } from '../util/time.ts';
import type { CommandInvocation } from './command.ts';
import { type ReportSettings, reportSettings } from './report-settings.ts';
import { showError } from './show-error.ts';

type Main = typeof import('../main.ts');
type Flags = Parameters<typeof reportSettings>[2];

/** Gives a command its reporter and main, and turns whatever is thrown into lines and exit code 2. */
export async function withReporter(
  invocation: CommandInvocation,
  action: (main: Main, request: Request) => Promise<number>,
): Promise<number> {
  const { surroundings, given, which } = invocation;
  const settingsWith = (flags?: Flags): ReportSettings => {
    const found = reportSettings(given, surroundings, flags);
    // Nothing is drawn over a question.
    return which === 'init' ? { ...found, progress: 'none' } : found;
  };
  const settings = settingsWith();
  const usual = { ...surroundings, answersOnly: which === 'list' || which === 'ls' };
  // `flags:` of the project may say how lines look: until it is read, events wait.
  const reporter = createReporter({ ...usual, ...settings }, (flags) => ({
    ...usual,
    ...settingsWith(flags),
    invocationId: settings.invocationId,
  }));
  const { interrupted, released } = surroundings.begin();
  const began = performance.now();
  let code = 2;
  let root = surroundings.cwd;
  const opened: Request['opened'] = (folder, log, flags) => {
    root = folder;
    reporter.opened(folder, log, flags);
  };
  try {
    const main = await import('../main.ts');
    code = await action(
      main,
      requestOf(invocation, settings.invocationId, {
        emit: reporter.emit,
        opened,
        interrupted,
        watching: reporter.watcher,
      }),
    );
  } catch (error) {
    showError(error, reporter, { ...settings, root });
    surroundings.failed?.(error);
    if (!isTsdbtError(error) && settings.debug)
      surroundings.writeAside?.(hideSecrets(`${(error as Error).stack ?? String(error)}\n`, surroundings.env));
  } finally {
    released();
    reporter.conclude();
    const elapsed = (performance.now() - began) / 1000;
    const completed_at = utcMicros(new Date());
    const data = { command: `dbt ${which}`, success: code === 0, elapsed, completed_at };
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
  { which, given, argv, surroundings }: CommandInvocation,
  invocationId: string,
  told: Pick<Request, 'emit' | 'opened' | 'interrupted' | 'watching'>,
): Request {
  const { cwd, env, ended, ask } = surroundings;
  return { which, given, argv, cwd, env, invocationId, ask, ended, ...told };
}
