import { setTimeout as sleep } from 'node:timers/promises';

const KILL_AGAIN_MS = 300;
/** Kills that go unheeded this often are followed by breaking the connection. */
const KILLS = 20;

/**
 * Runs `work` and kills its statement when `abort` comes. The kill is repeated, because a statement can be on its way
 * to the server still; work that does not end by it is broken off.
 */
export async function cancellable<T>(
  abort: AbortSignal | undefined,
  kill: () => Promise<void>,
  work: (breakOff: AbortSignal) => Promise<T>,
): Promise<T> {
  const breakOff = new AbortController();
  if (abort === undefined) return await work(breakOff.signal);
  let settled = false;
  const onAbort = async (): Promise<void> => {
    for (let i = 0; i < KILLS && !settled; i++) {
      await kill();
      await sleep(KILL_AGAIN_MS, undefined, { ref: false });
    }
    if (!settled) breakOff.abort();
  };
  const listener = (): void => void onAbort();
  abort.addEventListener('abort', listener, { once: true });
  try {
    return await work(breakOff.signal);
  } finally {
    settled = true;
    abort.removeEventListener('abort', listener);
  }
}
