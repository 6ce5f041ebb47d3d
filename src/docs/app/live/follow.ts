import { signal } from '@preact/signals';
import type { LiveHead, LiveLine } from '../../../model/index.ts';
import { type LiveRun, newRun, runAfter } from './run.ts';

export const liveRun = signal<LiveRun | undefined>(undefined);
/** The documentation was made anew since this page was opened. */
export const isOutdated = signal(false);

/** Asks `docs serve` for what happens; any other server is asked nothing. */
export function followServer(): void {
  const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (!opened?.serverTiming?.some(({ name }) => name === 'tsdbt-live')) return;
  const source = new EventSource('/events');
  const on = (name: string, hear: (data: readonly unknown[]) => void): void =>
    source.addEventListener(name, ({ data }) => hear(JSON.parse(data as string) as readonly unknown[]));
  on('run', ([head, ...lines]) => {
    liveRun.value = runAfter(newRun(head as LiveHead), lines as LiveLine[]);
  });
  on('lines', (lines) => {
    if (liveRun.value !== undefined) liveRun.value = runAfter(liveRun.value, lines as LiveLine[]);
  });
  on('changed', () => {
    isOutdated.value = true;
  });
}
