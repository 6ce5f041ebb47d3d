import { isTsdbtError } from '../error/index.ts';
import type { RunResult } from '../model/index.ts';
import { describeEvent } from '../report/index.ts';
import type { Tsdbt, TsdbtOptions, TsdbtOutcome, TsdbtProblem } from './api-types.ts';
import type { Surroundings } from './surroundings.ts';

/** What `import { tsdbt } from 'tsdbt'` gives. */
export const tsdbt: Tsdbt = { invoke };

async function invoke(args: readonly string[], options: TsdbtOptions = {}): Promise<TsdbtOutcome> {
  const { runProgram } = await import('./program.ts');
  const results: RunResult[] = [];
  const printed: string[] = [];
  const problems: TsdbtProblem[] = [];
  const exitCode = await runProgram(args, {
    ...surroundingsOf(options),
    listener: {
      hear(event, at) {
        if (event.name === 'PrintEvent') printed.push(String(event.data['msg']));
        options.onEvent?.(describeEvent(event, at));
      },
    },
    ended: (those) => void results.push(...those),
    failed: (error) => void problems.push(...problemsOf(error)),
  });
  return { exitCode, success: exitCode === 0, results, printed, problems };
}

function surroundingsOf({ cwd, env, signal, write }: TsdbtOptions): Surroundings {
  return {
    cwd: cwd ?? process.cwd(),
    env: env ?? process.env,
    isTerminal: false,
    write: (text) => write?.(text),
    writeAside: (text) => write?.(text),
    begin: () => ({ interrupted: signal ?? new AbortController().signal, released: () => {} }),
  };
}

function problemsOf(error: unknown): TsdbtProblem[] {
  if (!isTsdbtError(error)) return [{ code: '', message: error instanceof Error ? error.message : String(error) }];
  const all = error.problems.length > 0 ? error.problems : [error];
  return all.map(({ code, message, hint, at }) => ({
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(at === undefined ? {} : { at }),
  }));
}
