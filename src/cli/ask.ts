import type { Interface } from 'node:readline';
import type { Request } from '../main.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Questions on the process's own terminal, or lines of its pipe. What is asked is written to stderr, as answers are no output. */
export function ownAsk(): NonNullable<Request['ask']> {
  let reading: Interface | undefined;
  let lines: AsyncIterator<string> | undefined;
  return {
    isTerminal: process.stdin.isTTY === true,
    async line(question) {
      reading ??= (await import('node:readline')).createInterface({ input: process.stdin });
      lines ??= reading[Symbol.asyncIterator]();
      process.stderr.write(question);
      // A signal is no answer, and none comes after it.
      const close = (): void => reading?.close();
      for (const signal of SIGNALS) process.once(signal, close);
      // Only while an answer is awaited does the input keep the process alive.
      process.stdin.ref?.();
      const { value, done } = await lines.next();
      process.stdin.unref?.();
      for (const signal of SIGNALS) process.off(signal, close);
      if (done === true) process.stderr.write('\n');
      return done === true ? undefined : value.trim();
    },
  };
}
