import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindings, concurrency, criticalPath, simulate, type Timed } from '../../src/graph/index.ts';

const node = (start: number, end: number, thread: string, parents: readonly number[] = []): Timed => ({
  start,
  end,
  thread,
  parents,
});

describe('why a node waited', () => {
  it('for what it reads, for a thread, for nothing, or for what nobody sees', () => {
    const run = [
      node(0, 1000, '1'),
      node(0, 3000, '2'),
      node(1000, 2000, '1', [0]),
      node(2010, 2500, '1'),
      node(9000, 9500, '2', [1]),
    ];
    expect(bindings(run)).toEqual([
      { why: 'none', on: -1, ready: 0 },
      { why: 'none', on: -1, ready: 0 },
      { why: 'dependency', on: 0, ready: 1000 },
      { why: 'thread', on: 2, ready: 0 },
      { why: 'idle', on: 1, ready: 3000 },
    ]);
  });

  it('the later one counts where both held it', () => {
    const run = [node(0, 1000, '1'), node(0, 2000, '2'), node(2000, 3000, '2', [0])];
    expect(bindings(run)[2]).toEqual({ why: 'thread', on: 1, ready: 1000 });
  });
});

/** Runs as a scheduler makes them: any graph, any durations, any number of threads. */
const plan = fc
  .array(fc.record({ duration: fc.integer({ min: 30, max: 5000 }), reads: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((list) => ({
    durations: list.map(({ duration }) => duration),
    parents: list.map(({ reads }, at) => (at === 0 ? [] : [...new Set(reads.map((one) => one % at))])),
  }));

/** The same run, with the threads named as a scheduler names them: the lowest that is free. */
function runOf(
  { parents, durations }: { durations: readonly number[]; parents: readonly (readonly number[])[] },
  threads: number,
): Timed[] {
  const { starts, ends } = simulate({ durations, parents }, threads);
  const free = Array.from({ length: threads }, () => 0);
  const thread = new Map<number, number>();
  const order = durations.map((_, at) => at).sort((a, b) => starts[a]! - starts[b]! || a - b);
  for (const at of order) {
    const found = free.findIndex((until) => until <= starts[at]!);
    free[found] = ends[at]!;
    thread.set(at, found);
  }
  return durations.map((_, at) => node(starts[at]!, ends[at]!, `${thread.get(at)}`, parents[at]));
}

describe('the critical path', () => {
  it('is a chain without gap or overlap from the first start to the last end', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 4 }), (given, threads) => {
        const run = runOf(given, threads);
        const path = criticalPath(run);
        expect(path[0]?.from).toBe(0);
        expect(path.at(-1)?.to).toBe(Math.max(...run.map(({ end }) => end)));
        for (let at = 1; at < path.length; at++) expect(path[at]?.from).toBe(path[at - 1]?.to);
      }),
    );
  });

  it('is the longest way through the graph where threads abound', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const longest: number[] = [];
        given.durations.forEach((duration, at) => {
          longest[at] = duration + Math.max(0, ...(given.parents[at] ?? []).map((parent) => longest[parent] ?? 0));
        });
        const path = criticalPath(runOf(given, given.durations.length));
        expect(path.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(Math.max(...longest));
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(criticalPath([])).toEqual([]);
  });
});

describe('what if', () => {
  it('no node starts before what it reads has ended, and never more than the threads run', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 6 }), (given, threads) => {
        const { starts, ends, end } = simulate(given, threads);
        given.parents.forEach((list, child) => {
          for (const parent of list) expect(starts[child]).toBeGreaterThanOrEqual(ends[parent]!);
        });
        const busy = concurrency(given.durations.map((_, at) => node(starts[at]!, ends[at]!, '')));
        expect(busy.length - 1).toBeLessThanOrEqual(threads);
        expect(end).toBe(Math.max(...ends));
        const work = given.durations.reduce((sum, one) => sum + one, 0);
        expect(busy.reduce((sum, time, running) => sum + time * running, 0)).toBe(work);
        expect(end).toBeGreaterThanOrEqual(work / threads);
        if (threads === 1) expect(end).toBe(work);
      }),
    );
  });

  it('starts what is given first', () => {
    expect([...simulate({ durations: [5, 5, 5], parents: [[], [], []], priority: [2, 0, 1] }, 1).starts]).toEqual([
      10, 0, 5,
    ]);
  });
});
