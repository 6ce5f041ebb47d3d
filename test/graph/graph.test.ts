import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTsdbtError } from '../../src/error/index.ts';
import { buildGraph, type ProjectGraph, withNodes, withTestEdges } from '../../src/graph/index.ts';
import { manifestOf } from './make.ts';

const chain = buildGraph(
  manifestOf({ 'model.p.c': ['model.p.b'], 'model.p.b': ['model.p.a'], 'model.p.a': [], 'model.p.d': ['model.p.a'] }),
);

/** Any graph without cycles: node n reads some of the nodes before it. */
const acyclic = fc
  .array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 25 })
  .map((rows) => rows.map((row, index) => (index === 0 ? [] : row.map((parent) => parent % index))))
  .map((rows) =>
    Object.fromEntries(rows.map((row, index) => [`model.p.n${index}`, [...new Set(row)].map((n) => `model.p.n${n}`)])),
  );

describe('relatives', () => {
  test('ancestors and descendants stop at the depth', () => {
    expect([...chain.ancestors(['model.p.c'])].sort()).toEqual(['model.p.a', 'model.p.b']);
    expect([...chain.ancestors(['model.p.c'], 1)]).toEqual(['model.p.b']);
    expect([...chain.descendants(['model.p.a'], 1)].sort()).toEqual(['model.p.b', 'model.p.d']);
    expect([...chain.descendants(['model.p.a'], 0)]).toEqual([]);
  });

  test('a given node counts only as a relative of another given one', () => {
    expect([...chain.ancestors(['model.p.c', 'model.p.b'])].sort()).toEqual(['model.p.a', 'model.p.b']);
  });
});

describe('nodes of our own', () => {
  const sync = (name: string, ...nodes: string[]) => ({
    name,
    resource_type: 'sync' as const,
    package_name: 'p',
    path: 'a.yml',
    original_file_path: 'syncs/a.yml',
    unique_id: `sync.p.${name}`,
    depends_on: { nodes },
  });

  test('hang below what they read and leave the rest as it was', () => {
    const graph = withNodes(chain, [sync('one', 'model.p.c'), sync('two', 'sync.p.one', 'model.p.d')]);
    expect([...graph.descendants(['model.p.c'])].sort()).toEqual(['sync.p.one', 'sync.p.two']);
    expect(graph.subset(chain.ids).ids).toEqual(chain.ids);
    expect([...graph.ancestors(['model.p.c'])].sort()).toEqual([...chain.ancestors(['model.p.c'])].sort());
  });

  test('must read what is there, and not one another in a circle', () => {
    expect(() => withNodes(chain, [sync('one', 'model.p.none')])).toThrow(/'sync.p.one' depends on 'model.p.none'/);
    expect(() => withNodes(chain, [sync('a', 'sync.p.b'), sync('b', 'sync.p.a')])).toThrow(/cycle/);
  });
});

describe('order', () => {
  test('levels are the longest way from a root', () => {
    expect(Object.fromEntries(chain.levels())).toEqual({
      'model.p.a': 0,
      'model.p.b': 1,
      'model.p.d': 1,
      'model.p.c': 2,
    });
  });

  test('parents always come before children', () => {
    fc.assert(
      fc.property(acyclic, (reads) => {
        const graph = buildGraph(manifestOf(reads));
        const at = new Map(graph.order().map((id, index) => [id, index]));
        for (const id of graph.ids) {
          for (const parent of graph.parents(id)) expect(at.get(parent)).toBeLessThan(at.get(id) as number);
        }
      }),
    );
  });
});

describe('what is not a graph', () => {
  test('a cycle is reported by the names in it, without the way to it', () => {
    const reads = { 'model.p.in': [], 'model.p.a': ['model.p.in', 'model.p.b'], 'model.p.b': ['model.p.a'] };
    try {
      buildGraph(manifestOf(reads));
      expect.unreachable();
    } catch (error) {
      expect(isTsdbtError(error) && error.code).toBe('TSD1104');
      expect(String(error)).toContain('Found a cycle: model.p.a --> model.p.b');
    }
  });

  test('a node that reads itself is a cycle', () => {
    expect(() => buildGraph(manifestOf({ 'model.p.a': ['model.p.a'] }))).toThrow('Found a cycle: model.p.a');
  });

  test('a dependency that is not there', () => {
    expect(() => buildGraph(manifestOf({ 'model.p.a': ['model.p.gone'] }))).toThrow("depends on 'model.p.gone'");
  });

  test('a chain of twenty thousand models does not exhaust the stack', () => {
    const reads = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`model.p.n${n}`, n === 0 ? [] : [`model.p.n${n - 1}`]]),
    );
    expect(buildGraph(manifestOf(reads)).levels().get('model.p.n19999')).toBe(19_999);
  });
});

describe('subset', () => {
  test('ways through nodes left out become edges', () => {
    const graph = chain.subset(['model.p.a', 'model.p.c']);
    expect(graph.ids).toEqual(['model.p.c', 'model.p.a']);
    expect(graph.parents('model.p.c')).toEqual(['model.p.a']);
  });

  test('an unknown node is an error', () => {
    expect(() => chain.subset(['model.p.x'])).toThrow("Couldn't find model 'model.p.x'");
  });

  test('who is above whom stays the same', () => {
    fc.assert(
      fc.property(acyclic, fc.array(fc.nat(24)), (reads, picks) => {
        const graph = buildGraph(manifestOf(reads));
        const kept = new Set(picks.map((pick) => graph.ids[pick % graph.ids.length] as string));
        const small = graph.subset(kept);
        for (const id of kept) {
          const expected = [...graph.ancestors([id])].filter((ancestor) => kept.has(ancestor)).sort();
          expect([...small.ancestors([id])].sort()).toEqual(expected);
        }
      }),
    );
  });
});

describe('the order of build', () => {
  const waits = (graph: ProjectGraph, id: string) => [...graph.ancestors([id])].sort();

  test('a model waits for the tests of what it reads', () => {
    const graph = withTestEdges(
      buildGraph(manifestOf({ 'model.p.a': [], 'test.p.t': ['model.p.a'], 'model.p.b': ['model.p.a'] })),
    );
    expect(waits(graph, 'model.p.b')).toEqual(['model.p.a', 'test.p.t']);
  });

  test('a test of two models gates only what is downstream of both', () => {
    const reads = {
      'model.p.a': [],
      'model.p.b': ['model.p.a'],
      'test.p.t': ['model.p.a', 'model.p.b'],
      'model.p.other': ['model.p.a'],
      'model.p.c': ['model.p.b'],
      'model.p.d': ['model.p.c'],
    };
    const graph = withTestEdges(buildGraph(manifestOf(reads)));
    expect(waits(graph, 'model.p.other')).toEqual(['model.p.a']);
    expect(waits(graph, 'model.p.d')).toContain('test.p.t');
    expect(graph.children('test.p.t')).toEqual(['model.p.c']);
  });

  test('a unit test runs before its model and after what the model waits for', () => {
    const reads = {
      'model.p.a': [],
      'test.p.t': ['model.p.a'],
      'model.p.b': ['model.p.a'],
      'unit_test.p.u': ['model.p.b'],
    };
    const graph = withTestEdges(buildGraph(manifestOf(reads)));
    expect(graph.order()).toEqual(['model.p.a', 'test.p.t', 'unit_test.p.u', 'model.p.b']);
  });

  /** dbt's rule, spelled out: a test gates every node that has all of the test's parents above it. */
  test('gates just what dbt gates', () => {
    const withTests = fc.tuple(
      acyclic,
      fc.array(fc.array(fc.nat(24), { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(withTests, ([reads, tests]) => {
        const models = Object.keys(reads);
        const all: Record<string, readonly string[]> = { ...reads };
        tests.forEach((parents, index) => {
          all[`test.p.t${index}`] = [...new Set(parents.map((n) => models[n % models.length] as string))];
        });
        const plain = buildGraph(manifestOf(all));
        const gated = withTestEdges(plain);
        for (const id of models) {
          const above = plain.ancestors([id]);
          const expected = Object.keys(all).filter(
            (test) => test.startsWith('test.') && all[test]?.every((parent) => above.has(parent)),
          );
          const actual = [...gated.ancestors([id])].filter((ancestor) => ancestor.startsWith('test.'));
          expect(actual.sort()).toEqual(expected.sort());
        }
      }),
    );
  });
});
