import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runInOrder } from '../../src/execute/scheduler.ts';
import { buildGraph, type ProjectGraph } from '../../src/graph/index.ts';
import type { Manifest } from '../../src/model/index.ts';

/** A graph of models: name -> what it reads. */
function graphOf(reads: Readonly<Record<string, readonly string[]>>): ProjectGraph {
  const nodes = Object.fromEntries(
    Object.entries(reads).map(([name, parents]) => [
      name,
      { unique_id: name, name, resource_type: 'model', config: {}, depends_on: { nodes: parents, macros: [] } },
    ]),
  );
  const empty = {
    sources: {},
    exposures: {},
    unit_tests: {},
    metrics: {},
    saved_queries: {},
    semantic_models: {},
    functions: {},
  };
  return buildGraph({ nodes, ...empty } as unknown as Manifest);
}

async function trace(graph: ProjectGraph, threads: number, failing: readonly string[] = []) {
  const started: string[] = [];
  const finished: string[] = [];
  const skipped: string[] = [];
  let running = 0;
  let most = 0;
  await runInOrder({
    graph,
    threads,
    stopped: () => false,
    skip: (id) => skipped.push(id),
    async run(id) {
      started.push(id);
      most = Math.max(most, ++running);
      for (const parent of graph.parents(id)) expect(finished).toContain(parent);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      finished.push(id);
      return !failing.includes(id);
    },
  });
  return { started, skipped, most };
}

describe('runInOrder', () => {
  it('runs nodes after what they read, nearer ones first', async () => {
    const graph = graphOf({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] });
    expect((await trace(graph, 1)).started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('uses as many threads as it may and no more', async () => {
    const graph = graphOf({ a: [], b: [], c: [], d: [], e: [] });
    expect((await trace(graph, 3)).most).toBe(3);
  });

  it('skips everything that waits for a failed node, and only that', async () => {
    const graph = graphOf({ a: [], b: ['a'], c: ['b'], x: [], y: ['x'], both: ['c', 'y'] });
    const { started, skipped } = await trace(graph, 2, ['a']);
    expect(skipped.sort()).toEqual(['b', 'both', 'c']);
    expect(started.sort()).toEqual(['a', 'x', 'y']);
  });

  it('starts or skips every node of any graph exactly once', async () => {
    const graphs = fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(19)), async (edges, threads, fails) => {
        const reads = Object.fromEntries(
          edges.map((parents, index) => [
            `n${index}`,
            [...new Set(parents.filter((p) => p < index))].map((p) => `n${p}`),
          ]),
        );
        const { started, skipped } = await trace(
          graphOf(reads),
          threads,
          fails.map((n) => `n${n}`),
        );
        expect([...started, ...skipped].sort()).toEqual(Object.keys(reads).sort());
      }),
      { numRuns: 60 },
    );
  });
});
