import {
  type Binding,
  bindings,
  concurrency,
  criticalPath,
  type Segment,
  simulate,
  type Timed,
} from '../../../graph/index.ts';
import type { LoadedRun } from '../data/runs.ts';

/** What a run's page says beyond its numbers. */
export interface Analysis {
  readonly timed: readonly Timed[];
  readonly bindings: readonly Binding[];
  readonly path: readonly Segment[];
  /** First start and last end, milliseconds from the start of the run. */
  readonly from: number;
  readonly to: number;
  /** Mean number of nodes that ran at once. */
  readonly busy: number;
  readonly peak: number;
  /** What it would take with other numbers of threads, in milliseconds. */
  readonly whatIf: readonly (readonly [threads: number, milliseconds: number])[];
  /** What it would take if nobody ever waited for a thread, in milliseconds. */
  readonly least: number;
  /** Nodes slower than usual, the worst first. */
  readonly slower: readonly { readonly node: number; readonly took: number; readonly usual: number }[];
}

/** Skipped nodes took no time and held nobody back. */
export function analyse(detail: LoadedRun): Analysis {
  const ran = detail.results.map(([status, , start, end]) => status !== 'skipped' && end > 0 && end >= start);
  const timed = detail.results.map(
    ([, thread, start, end], at): Timed => ({
      start,
      end: ran[at] ? end : start,
      thread: ran[at] ? thread : `skipped ${at}`,
      parents: (detail.parents[at] ?? []).filter((parent) => ran[parent]),
    }),
  );
  const active = timed.filter((_, at) => ran[at]);
  const from = active.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const to = active.reduce((most, { end }) => Math.max(most, end), 0);
  const levels = concurrency(active);
  const total = levels.reduce((sum, time) => sum + time, 0);
  return {
    timed,
    bindings: bindings(timed),
    path: criticalPath(timed).filter(({ node }) => ran[node]),
    from: Number.isFinite(from) ? from : 0,
    to,
    busy: total === 0 ? 0 : levels.reduce((sum, time, running) => sum + time * running, 0) / total,
    peak: levels.length - 1,
    whatIf: whatIf(timed, [1, 2, 4, 8, 16, 32, detail.summary.threads]),
    least: whatIf(timed, [Math.max(1, timed.length)])[0]?.[1] ?? 0,
    slower: slowerOf(detail),
  };
}

function whatIf(timed: readonly Timed[], wanted: readonly number[]): [number, number][] {
  const durations = timed.map(({ start, end }) => end - start);
  const parents = timed.map((one) => one.parents);
  const counts = [...new Set(wanted)].sort((a, b) => a - b);
  // They start in the order in which they started here.
  const priority: number[] = [];
  timed
    .map((_, at) => at)
    .sort((a, b) => (timed[a]?.start ?? 0) - (timed[b]?.start ?? 0))
    .forEach((at, rank) => {
      priority[at] = rank;
    });
  return counts.map((threads) => [threads, simulate({ durations, parents, priority }, threads).end]);
}

function slowerOf({ results }: LoadedRun): Analysis['slower'] {
  return results
    .flatMap(([status, , start, end, , , , usual], node) => {
      const took = end - start;
      return usual < 0 || status === 'skipped' || took - usual < 100 || took < usual * 1.2
        ? []
        : [{ node, took, usual }];
    })
    .sort((a, b) => b.took - b.usual - (a.took - a.usual));
}
