import type { HistoryEntry } from '../history/types.ts';
import type { RunEnd } from '../types.ts';

/** How a job's last run ended. */
export interface LastRun {
  readonly job: string;
  readonly status: RunEnd;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly seconds: number;
  readonly attempts: number;
  readonly rows: number;
  readonly bytes: number;
  /** Nodes that its last try left failed. */
  readonly failed: number;
  /** Rows that a service refused. */
  readonly dead: number;
  /** When a run last succeeded, milliseconds since 1970. */
  readonly lastSuccess: number | undefined;
}

const BAD = new Set(['error', 'fail', 'runtime error', 'partial success']);

/** The last run of each job that the history knows, in the order of `names`. */
export function lastRuns(entries: readonly HistoryEntry[], names: readonly string[]): LastRun[] {
  return names.flatMap((name) => {
    const own = entries.filter(({ job }) => job === name);
    const ends = own.flatMap((entry) => (entry.event === 'ended' ? [entry] : []));
    const last = ends.at(-1);
    if (last === undefined) return [];
    const good = ends.findLast(({ status }) => status === 'success');
    const steps = own.flatMap((entry) => (entry.event === 'step' && entry.run === last.run ? [entry] : []));
    const tried = steps.filter(({ attempt }) => attempt === last.attempts);
    const { status, seconds, attempts, rows, bytes } = last;
    return [
      {
        job: name,
        status,
        endedAt: Date.parse(last.at),
        seconds,
        attempts,
        rows,
        bytes,
        failed: tried.flatMap(({ units }) => units).filter((unit) => BAD.has(unit.status)).length,
        dead: steps.flatMap(({ units }) => units).filter((unit) => unit.status === 'dead').length,
        lastSuccess: good === undefined ? undefined : Date.parse(good.at),
      },
    ];
  });
}
