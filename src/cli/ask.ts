import type { Request } from '../main.ts';

/** Questions on the process's own terminal, or lines of its pipe. What is asked is written to stderr, as answers are no output. */
export function ownAsk(): NonNullable<Request['ask']> {
  let lines: AsyncIterator<string> | undefined;
  return {
    isTerminal: process.stdin.isTTY === true,
    async line(question) {
      lines ??= await linesOfInput();
      process.stderr.write(question);
      // Only while an answer is awaited does the input keep the process alive.
      process.stdin.ref?.();
      const { value, done } = await lines.next();
      process.stdin.unref?.();
      if (done === true) process.stderr.write('\n');
      return done === true ? undefined : value.trim();
    },
  };
}

async function linesOfInput(): Promise<AsyncIterator<string>> {
  const { createInterface } = await import('node:readline');
  return createInterface({ input: process.stdin })[Symbol.asyncIterator]();
}
