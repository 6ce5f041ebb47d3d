import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criticalPathOf, type Ran } from '../../src/main/critical-path.ts';

const parents: Readonly<Record<string, readonly string[]>> = { b: ['a'], c: ['b'], d: ['a'] };
const parentsOf = (id: string) => parents[id] ?? [];
const ran = (id: string, start: number, ms: number): Ran => ({ id, name: `model_${id}`, start, ms });

test('is the chain that took longest, whatever ran beside it', () => {
  const runs = [ran('a', 0, 60), ran('b', 60, 50), ran('c', 110, 8), ran('d', 118, 40), ran('e', 158, 12)];
  expect(criticalPathOf(runs, parentsOf, 1)).toEqual({
    names: ['model_a', 'model_b', 'model_c'],
    ms: 118,
    threads: 2,
    withThreads: 118,
  });
  expect(criticalPathOf(runs, parentsOf, 4).withThreads).toBeUndefined();
});

test('of nothing it is nothing', () => {
  expect(criticalPathOf([], parentsOf, 4)).toMatchObject({ names: [], ms: 0 });
});

test('no number of threads makes the run shorter than it', () => {
  const node = fc.record({ ms: fc.integer({ min: 1, max: 9 }), before: fc.array(fc.nat(20), { maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (nodes, threads) => {
      const before = (id: string) => [...new Set(nodes[Number(id)]!.before)].filter((j) => j < Number(id)).map(String);
      const runs = nodes.map(({ ms }, i) => ran(String(i), i, ms));
      const path = criticalPathOf(runs, before, threads);
      const total = nodes.reduce((sum, { ms }) => sum + ms, 0);
      expect(path.ms).toBeLessThanOrEqual(total);
      expect(path.withThreads ?? total).toBeGreaterThanOrEqual(path.ms);
      const along = path.names.map((name) => nodes[Number(name.slice('model_'.length))]!.ms);
      expect(along.reduce((sum, ms) => sum + ms, 0)).toBe(path.ms);
    }),
  );
});
