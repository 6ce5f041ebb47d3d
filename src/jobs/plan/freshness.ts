import type { HistoryEntry } from '../history/types.ts';
import type { FreshnessPromise } from '../types.ts';
import { builtModels } from './wait.ts';

export interface Freshness {
  readonly model: string;
  /** Seconds. */
  readonly within: number;
  /** When a step that built it ended, milliseconds since 1970; undefined where the history knows of none. */
  readonly builtAt: number | undefined;
  readonly late: boolean;
  /** Somebody was told of it since it was last built. */
  readonly told: boolean;
}

/** How each promise stands at `now`. A model never built is late when the history is older than the promise. */
export function freshnessOf(
  promises: readonly FreshnessPromise[],
  entries: readonly HistoryEntry[],
  now: number,
): Freshness[] {
  const first = entries[0] === undefined ? now : Date.parse(entries[0].at);
  return promises.map(({ model, within }) => {
    const built = entries.findLast((entry) => entry.event === 'step' && builtModels(entry).includes(model));
    const spoken = entries.findLast(
      (entry) => (entry.event === 'late' || entry.event === 'fresh') && entry.model === model,
    );
    const builtAt = built === undefined ? undefined : Date.parse(built.at);
    const late = now - (builtAt ?? first) > within * 1000;
    return { model, within, builtAt, late, told: spoken?.event === 'late' };
  });
}
