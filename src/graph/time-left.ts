import { simulate } from './timeline.ts';

/** A node of a run that goes on. */
export interface Pending {
  /** Milliseconds that it usually takes; undefined where it never ran. */
  readonly usual: number | undefined;
  /** By index into the same list. */
  readonly parents: readonly number[];
  /** Milliseconds since it began; `waiting` before, `done` after. */
  readonly state: number | 'waiting' | 'done';
}

/** Milliseconds until the last one ends, if all take what they usually do; undefined where that is not known of half of what is left. */
export function timeLeft(nodes: readonly Pending[], threads: number): number | undefined {
  const left = nodes.filter(({ state }) => state !== 'done');
  const known = left.flatMap(({ usual }) => usual ?? []).sort((a, b) => a - b);
  const middle = known[known.length >> 1];
  if (middle === undefined || known.length * 2 < left.length) return left.length === 0 ? 0 : undefined;
  const durations = nodes.map(({ usual = middle, state }) =>
    state === 'done' ? 0 : state === 'waiting' ? usual : Math.max(0, usual - state),
  );
  const parents = nodes.map((node) => node.parents.filter((one) => nodes[one]?.state !== 'done'));
  // What is done takes no time, what runs has its thread already.
  const priority = nodes.map(({ state }, index) => (state === 'waiting' ? index + nodes.length : index));
  return simulate({ durations, parents, priority }, threads).end;
}
