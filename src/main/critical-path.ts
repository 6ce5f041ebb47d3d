import { simulate } from '../graph/index.ts';
import type { CriticalPath } from '../report/index.ts';

/** A node that ran; times in milliseconds. */
export interface Ran {
  readonly id: string;
  readonly name: string;
  readonly start: number;
  readonly ms: number;
}

type ParentsOf = (id: string) => readonly string[];

/** The chain of nodes, each waiting for the one before, that no number of threads makes shorter; and what twice the threads would give. */
export function criticalPathOf(ran: readonly Ran[], parentsOf: ParentsOf, threads: number): CriticalPath {
  const inOrder = [...ran].sort((a, b) => a.start - b.start);
  const places = new Map(inOrder.map(({ id }, index) => [id, index]));
  const parents = inOrder.map(({ id }) => parentsOf(id).flatMap((parent) => places.get(parent) ?? []));
  const plan = { durations: inOrder.map(({ ms }) => ms), parents };
  const { ends, end } = simulate(plan, inOrder.length);
  const latest = (of: readonly number[]): number | undefined =>
    of.reduce<number | undefined>((a, b) => (a === undefined || ends[b]! > ends[a]! ? b : a), undefined);
  const names: string[] = [];
  let at = latest([...inOrder.keys()]);
  while (at !== undefined) {
    names.unshift(inOrder[at]!.name);
    at = latest(parents[at]!);
  }
  const [now, more] = [threads, 2 * threads].map((count) => simulate(plan, count).end) as [number, number];
  return { names, ms: end, threads: 2 * threads, withThreads: more < 0.95 * now ? more : undefined };
}
