import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../src/docs/layout/index.ts';

/** Graphs without cycles: a node reads only those before it. */
const dag = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 60 })
  .map((lists) => lists.map((list, node) => (node === 0 ? [] : [...new Set(list.map((one) => one % node))])));

describe('the layout', () => {
  it('lets every edge go right', () => {
    fc.assert(
      fc.property(dag, (parents) => {
        const { rank } = layoutGraph(parents);
        parents.forEach((list, child) => {
          for (const parent of list) expect(rank[parent]).toBeLessThan(rank[child] as number);
        });
      }),
    );
  });

  it('keeps nodes of one column apart, by the room each takes', () => {
    fc.assert(
      fc.property(dag, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (parents, sizes) => {
        const heights = parents.map(() => sizes.next().value as number);
        const { rank, y } = layoutGraph(parents, { heights });
        for (let a = 0; a < parents.length; a++) {
          expect(y[a]! - heights[a]! / 2).toBeGreaterThanOrEqual(-1e-9);
          for (let b = 0; b < a; b++) {
            if (rank[a] !== rank[b]) continue;
            expect(Math.abs(y[a]! - y[b]!)).toBeGreaterThanOrEqual((heights[a]! + heights[b]!) / 2 - 1e-9);
          }
        }
      }),
    );
  });

  it('gives the same places for the same graph', () => {
    fc.assert(
      fc.property(dag, (parents) => {
        expect(layoutGraph(parents)).toEqual(layoutGraph(parents));
      }),
    );
  });

  it('draws a cycle of groups too, and nodes that read themselves', () => {
    const { rank, y } = layoutGraph([[2, 0], [0], [1]]);
    expect(new Set(rank).size).toBe(3);
    expect([...y].every(Number.isFinite)).toBe(true);
  });

  it('puts a source right before its first user', () => {
    // 0 -> 1 -> 2 -> 3, and 4 is read by 3 only.
    expect([...layoutGraph([[], [0], [1], [2, 4], []]).rank]).toEqual([0, 1, 2, 3, 2]);
  });

  it('knows what to do with nothing', () => {
    expect(layoutGraph([])).toEqual({ rank: new Int32Array(0), y: new Float64Array(0) });
  });
});
