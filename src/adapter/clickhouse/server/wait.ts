import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `done` every `everyMs` until it says yes (true) or `withinMs` are over (false). */
export async function waitUntil(done: () => boolean, withinMs: number, everyMs = 20): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!done()) {
    if (Date.now() > deadline) return false;
    await sleep(everyMs);
  }
  return true;
}
