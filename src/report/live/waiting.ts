import type { RunningNode } from './state.ts';

/** What has not begun, by what keeps it: one of the running nodes, or nothing but that all threads are busy. */
export interface Waiting {
  /** Names of running nodes with how many wait for them, most first. */
  readonly on: readonly (readonly [name: string, count: number])[];
  readonly free: number;
}

interface Moment {
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly running: ReadonlyMap<string, RunningNode>;
  readonly done: ReadonlySet<string>;
}

/** A node that waits for several is counted with the one that runs longest. */
export function waitingIn({ parents, children, running, done }: Moment): Waiting {
  const pending = new Set([...parents.keys()].filter((id) => !done.has(id) && !running.has(id)));
  const longestFirst = [...running].sort(([, a], [, b]) => a.since - b.since);
  const on = longestFirst.map(([id, { name }]) => [name, claim(id, pending, children)] as const);
  return { on: on.filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]), free: pending.size };
}

/** Takes what is pending below a node out of `pending`; gives how many. */
function claim(id: string, pending: Set<string>, children: Moment['children']): number {
  let count = 0;
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      if (!pending.delete(child)) continue;
      count++;
      open.push(child);
    }
  }
  return count;
}

/** `waiting: 61 on fct_sessions, 182 on a thread`; undefined where nothing waits. */
export function waitingText({ on, free }: Waiting): string | undefined {
  const [first, second, ...others] = on;
  const rest = others.reduce((sum, [, count]) => sum + count, 0);
  const parts = [first, second].flatMap((one) => (one === undefined ? [] : [`${one[1]} on ${one[0]}`]));
  if (rest > 0) parts.push(`${rest} on others`);
  if (free > 0) parts.push(`${free} on a thread`);
  return parts.length === 0 ? undefined : `waiting: ${parts.join(', ')}`;
}
