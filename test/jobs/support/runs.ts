import type { HistoryEntry } from '../../../src/jobs/index.ts';

/** A run of a job that began and ended, in milliseconds since 1970. */
export interface Run {
  readonly job: string;
  readonly from: number;
  readonly to: number;
  readonly status: string;
}

export function finished(all: readonly HistoryEntry[]): Run[] {
  const from = new Map(all.filter(({ event }) => event === 'started').map(({ run, at }) => [run, Date.parse(at)]));
  return all.flatMap((entry) =>
    entry.event === 'ended' && from.has(entry.run)
      ? [{ job: entry.job, from: from.get(entry.run)!, to: Date.parse(entry.at), status: entry.status }]
      : [],
  );
}
