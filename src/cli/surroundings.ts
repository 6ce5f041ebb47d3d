import type { Request } from '../main.ts';
import type { Listener, ReportOptions } from '../report/index.ts';
import { ownAsk } from './ask.ts';
import { createTerminal } from './terminal.ts';

/** What a command has of the world outside: the process's own, or what a program that calls us gives. */
export interface Surroundings extends Pick<ReportOptions, 'write' | 'writeAside' | 'frame'> {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isTerminal: boolean;
  /** Asks a person; absent where a program calls us. */
  readonly ask?: Request['ask'];
  /** A command begins: what ends it early. `released` once it is over. */
  begin(): { readonly interrupted: AbortSignal; readonly released: () => void };
  /** Hears every event beside those who write lines. */
  readonly listener?: Listener;
  /** Told the results of the nodes. */
  readonly ended?: Request['ended'];
  /** Told what stopped the command. */
  readonly failed?: (error: unknown) => void;
}

/** Of the process that the command line was started in. */
export function ownSurroundings(): Surroundings {
  const readerGone = new AbortController();
  return {
    cwd: process.cwd(),
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    ...createTerminal(() => readerGone.abort()),
    ask: ownAsk(),
    begin() {
      const interrupt = new AbortController();
      // Once: what runs is cancelled and told of. Twice: at once, whatever is left behind. A closed pipe is no signal.
      let signals = 0;
      const onSignal = (): void => {
        signals += 1;
        if (signals > 1) process.exit(2);
        interrupt.abort();
      };
      process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
      return {
        interrupted: AbortSignal.any([interrupt.signal, readerGone.signal]),
        released: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal),
      };
    },
  };
}
