/** One node of a run that has ended, or is planned: times in milliseconds, parents by index into the same list. */
export interface Timed {
  readonly start: number;
  readonly end: number;
  /** The worker it ran on. */
  readonly thread: string;
  /** What it waits for. */
  readonly parents: readonly number[];
}

/** What a node waited for last before it started. `none`: nothing, it started with the run; `idle`: its thread and all it reads were ready. */
export type Why = 'dependency' | 'thread' | 'idle' | 'none';

/** Why a node started when it did. */
export interface Binding {
  readonly why: Why;
  /** The node whose end it waited for, by index; -1 for none. */
  readonly on: number;
  /** When everything that it reads was there. */
  readonly ready: number;
}

/** A part of the critical path: a node that ran, or the time before it in which nothing of the chain did. Parts follow one another without overlap. */
export interface Segment {
  readonly kind: 'run' | 'idle';
  readonly node: number;
  readonly from: number;
  readonly to: number;
  /** Why the node did not start earlier. */
  readonly why: Why;
}

/** Between one node and the next, handing over takes this long without anybody waiting. */
const HANDOVER = 25;

/** What held each node back: the later of the last thing it reads and the node before it on its thread. */
export function bindings(nodes: readonly Timed[]): Binding[] {
  const before = previousOnThread(nodes);
  return nodes.map(({ start, parents }, index) => {
    const last = latest(
      nodes,
      parents.filter((parent) => (nodes[parent]?.end ?? Number.POSITIVE_INFINITY) <= start + HANDOVER),
    );
    const ready = last < 0 ? 0 : (nodes[last]?.end ?? 0);
    const previous = before[index] ?? -1;
    const freed = previous < 0 ? 0 : (nodes[previous]?.end ?? 0);
    if (last < 0 && previous < 0) return { why: 'none', on: -1, ready };
    if (freed > ready + HANDOVER)
      return { why: start - freed > 10 * HANDOVER ? 'idle' : 'thread', on: previous, ready };
    if (last < 0) return { why: 'thread', on: previous, ready };
    return { why: start - ready > 10 * HANDOVER ? 'idle' : 'dependency', on: last, ready };
  });
}

/** The chain that decided when the run ended, first to last: had none of it been shorter, the run had not been either. */
export function criticalPath(nodes: readonly Timed[]): Segment[] {
  const held = bindings(nodes);
  const path: Segment[] = [];
  const seen = new Set<number>();
  let at = latest(
    nodes,
    nodes.map((_, index) => index),
  );
  while (at >= 0 && !seen.has(at)) {
    seen.add(at);
    const node = nodes[at] as Timed;
    const { why, on } = held[at] as Binding;
    path.push({ kind: 'run', node: at, from: node.start, to: node.end, why });
    const freed = on < 0 ? node.start : (nodes[on]?.end ?? node.start);
    if (node.start - freed > HANDOVER) path.push({ kind: 'idle', node: at, from: freed, to: node.start, why });
    at = on;
  }
  return path.reverse();
}

/** What would be if it were run again: how long each takes, in milliseconds, and who waits for whom. */
export interface Plan {
  readonly durations: readonly number[];
  readonly parents: readonly (readonly number[])[];
  /** Who starts first of those that may; the place in the list where not given. */
  readonly priority?: readonly number[];
}

export interface Simulation {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** When the last one ends. */
  readonly end: number;
}

/** List scheduling: whenever a thread is free, the first ready node starts, as the scheduler itself does it. */
export function simulate({ durations, parents, priority }: Plan, threads: number): Simulation {
  const count = durations.length;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const waiting = Int32Array.from(parents, (list) => list.length);
  const children: number[][] = durations.map(() => []);
  parents.forEach((list, child) => {
    for (const parent of list) children[parent]?.push(child);
  });
  const rank = (index: number): number => priority?.[index] ?? index;
  const ready = heap((a, b) => rank(a) - rank(b) || a - b);
  const running = heap((a, b) => (ends[a] as number) - (ends[b] as number) || a - b);
  for (let index = 0; index < count; index++) if (waiting[index] === 0) ready.push(index);
  let now = 0;
  let free = Math.max(1, threads);
  for (;;) {
    for (let next = free > 0 ? ready.pop() : undefined; next !== undefined; next = free > 0 ? ready.pop() : undefined) {
      starts[next] = now;
      ends[next] = now + (durations[next] as number);
      running.push(next);
      free--;
    }
    const done = running.pop();
    if (done === undefined) return { starts, ends, end: now };
    now = ends[done] as number;
    free++;
    for (const child of children[done] ?? []) {
      waiting[child] = (waiting[child] as number) - 1;
      if (waiting[child] === 0) ready.push(child);
    }
  }
}

/** How many nodes ran at once: the time spent with 0, 1, 2 … of them, from the first start to the last end. */
export function concurrency(nodes: readonly Timed[]): number[] {
  const changes = nodes.flatMap(({ start, end }): (readonly [number, number])[] => [
    [start, 1],
    [end, -1],
  ]);
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const spent: number[] = [];
  let running = 0;
  let since = changes[0]?.[0] ?? 0;
  for (const [at, change] of changes) {
    spent[running] = (spent[running] ?? 0) + at - since;
    since = at;
    running += change;
  }
  return Array.from(spent, (time) => time ?? 0);
}

function previousOnThread(nodes: readonly Timed[]): number[] {
  const byThread = new Map<string, number[]>();
  nodes.forEach(({ thread }, index) => {
    const list = byThread.get(thread) ?? [];
    byThread.set(thread, list);
    list.push(index);
  });
  const before = nodes.map(() => -1);
  for (const list of byThread.values()) {
    list.sort((a, b) => (nodes[a] as Timed).start - (nodes[b] as Timed).start || a - b);
    for (let at = 1; at < list.length; at++) before[list[at] as number] = list[at - 1] as number;
  }
  return before;
}

function latest(nodes: readonly Timed[], of: readonly number[]): number {
  let found = -1;
  for (const index of of) if (found < 0 || (nodes[index] as Timed).end > (nodes[found] as Timed).end) found = index;
  return found;
}

interface Heap {
  push(item: number): void;
  pop(): number | undefined;
}

function heap(compare: (a: number, b: number) => number): Heap {
  const items: number[] = [];
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [items[b] as number, items[a] as number];
  };
  const isBefore = (a: number, b: number): boolean => compare(items[a] as number, items[b] as number) < 0;
  return {
    push(item) {
      items.push(item);
      for (let at = items.length - 1; at > 0; ) {
        const above = (at - 1) >> 1;
        if (!isBefore(at, above)) return;
        swap(at, above);
        at = above;
      }
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let at = 0; ; ) {
        let next = at;
        for (const below of [2 * at + 1, 2 * at + 2]) if (below < items.length && isBefore(below, next)) next = below;
        if (next === at) return first;
        swap(at, next);
        at = next;
      }
    },
  };
}
