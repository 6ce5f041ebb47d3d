import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pending, timeLeft } from '../../src/graph/index.ts';

const node = (usual: number | undefined, state: Pending['state'] = 'waiting', parents: number[] = []): Pending => ({
  usual,
  state,
  parents,
});

describe('how long the rest of a run takes', () => {
  it.each<[string, Pending[], number, number | undefined]>([
    ['nothing is left', [node(5, 'done')], 1, 0],
    ['one after the other on one thread', [node(10), node(20)], 1, 30],
    ['beside each other on two', [node(10), node(20)], 2, 20],
    ['who waits for whom', [node(10), node(20, 'waiting', [0])], 2, 30],
    ['what runs has come so far', [node(10, 7), node(20)], 1, 23],
    ['what takes longer than usual could end at any time', [node(10, 50), node(20, 'waiting', [0])], 2, 20],
    ['what is done holds nobody up', [node(90, 'done'), node(20, 'waiting', [0])], 1, 20],
    ['what never ran takes what others do', [node(10), node(undefined), node(30)], 1, 70],
    ['too little is known', [node(10), node(undefined), node(undefined)], 1, undefined],
    ['nothing is known', [node(undefined)], 1, undefined],
  ])('%s', (_, nodes, threads, left) => {
    expect(timeLeft(nodes, threads)).toBe(left);
  });

  it('is never shorter than the longest, nor longer than all of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ usual: fc.integer({ min: 1, max: 1000 }), at: fc.option(fc.nat(999)), reads: fc.nat() })),
        fc.integer({ min: 1, max: 8 }),
        (list, threads) => {
          const nodes = list.map(({ usual, at, reads }, index) =>
            node(
              usual,
              at === null || index >= threads ? 'waiting' : Math.min(at, usual),
              index === 0 ? [] : [reads % index],
            ),
          );
          const each = nodes.map(({ usual = 0, state }) => usual - (typeof state === 'number' ? state : 0));
          const left = timeLeft(nodes, threads) as number;
          expect(left).toBeGreaterThanOrEqual(Math.max(0, ...each));
          expect(left).toBeLessThanOrEqual(each.reduce((a, b) => a + b, 0));
        },
      ),
    );
  });
});
