import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reader, writer } from '../../src/docs/format/bytes.ts';
import { type Core, decodeCore, encodeCore } from '../../src/docs/format/core.ts';
import {
  type PackedRun,
  packRun,
  type RunDetailResult,
  type RunSummary,
  unpackRun,
} from '../../src/docs/format/runs.ts';
import { decodeSearch, encodeSearch } from '../../src/docs/format/search.ts';

const word = fc.stringMatching(/^[a-zé_ 漢]{0,12}$/);
const HEAD = {
  format: 1,
  project: 'shop',
  generatedAt: '2026-11-22T00:00:00Z',
  target: 'prod',
  dbtVersion: '1.12.6',
  toolVersion: '1',
  chunks: {},
  perChunk: 64,
  problems: [],
  overview: '<p>x</p>',
  hasSql: true,
};

const node = fc.record({
  type: fc.constantFrom('model', 'source', 'exposure', 'what_comes_next_year'),
  package: fc.constantFrom('shop', 'other.package', ''),
  rest: fc.stringMatching(/^[a-z]\w{0,10}(\.[a-z]{1,5})?$/),
  strange: fc.boolean(),
  folder: word,
  schema: word,
  materialized: word,
  owner: word,
  status: word,
  tags: fc.array(
    word.filter((tag) => tag !== ''),
    { maxLength: 3 },
  ),
  rank: fc.integer({ min: -1, max: 500 }),
  y: fc.integer({ min: 0, max: 100_000 }),
  duration: fc.nat(),
  flags: fc.integer({ min: 0, max: 3 }),
});

const core = fc.array(node, { maxLength: 40 }).chain((nodes) =>
  fc
    .array(fc.array(fc.nat({ max: Math.max(0, nodes.length - 1) }), { maxLength: 4 }), {
      minLength: nodes.length,
      maxLength: nodes.length,
    })
    .map(
      (parents): Core => ({
        head: HEAD,
        nodes: nodes.map(({ rest, strange, ...one }, index) => ({
          ...one,
          id: strange ? `an id of its own: ${rest}` : `${one.type}.${one.package}.${rest}`,
          name: strange ? `an id of its own: ${rest}` : rest,
          parents: parents[index] ?? [],
        })),
      }),
    ),
);

describe('the core of a site', () => {
  it('reads back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(core, (one) => {
        expect(decodeCore(encodeCore(one))).toEqual(one);
      }),
      { numRuns: 200 },
    );
  });

  it('says so where its format is newer, and where it was cut off', () => {
    const bytes = encodeCore({ head: { ...HEAD, format: 2 }, nodes: [] });
    expect(() => decodeCore(bytes)).toThrow(/format 2.*reads up to 1/);
    expect(() => decodeCore(encodeCore({ head: HEAD, nodes: [] }).slice(0, 20))).toThrow(RangeError);
  });

  it('shows names without what only the id needs', () => {
    const one = { ...HEAD };
    const of = (id: string, type: string) => ({
      id,
      name: '',
      type,
      package: 'shop',
      folder: '',
      schema: '',
      materialized: '',
      owner: '',
      status: '',
      tags: [],
      rank: -1,
      y: 0,
      duration: 0,
      flags: 0,
      parents: [],
    });
    const { nodes } = decodeCore(
      encodeCore({
        head: one,
        nodes: [
          of('test.shop.not_null_orders_id.cf6c17daed', 'test'),
          of('unit_test.shop.orders.adds_up', 'unit_test'),
          of('source.shop.raw.orders', 'source'),
          of('model.shop.orders.v2', 'model'),
        ],
      }),
    );
    expect(nodes.map(({ name }) => name)).toEqual(['not_null_orders_id', 'adds_up', 'raw.orders', 'orders.v2']);
  });
});

describe('numbers in few bytes', () => {
  it('come back, small and large, signed and not', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), fc.array(fc.integer()), (counts, numbers) => {
        const to = writer();
        for (const one of counts) to.unsigned(one);
        for (const one of numbers) to.signed(one);
        const from = reader(to.bytes());
        expect(counts.map(() => from.unsigned())).toEqual(counts);
        expect(numbers.map(() => from.signed())).toEqual(numbers);
      }),
    );
  });

  it('refuse what is no count', () => {
    expect(() => writer().unsigned(-1)).toThrow(RangeError);
    expect(() => writer().unsigned(0.5)).toThrow(RangeError);
  });
});

it('columns and summaries read back as they were written', () => {
  const columns = fc.array(fc.array(fc.stringMatching(/^\w{1,6}$/), { maxLength: 8 }), { maxLength: 20 });
  fc.assert(
    fc.property(columns, (lists) => {
      const found = decodeSearch(
        encodeSearch(
          lists,
          lists.map((list) => list.join(' ')),
        ),
      );
      expect(found.columns.map((list) => list.map((at) => found.words[at]))).toEqual(lists);
      expect(found.summaries).toEqual(lists.map((list) => list.join(' ')));
    }),
  );
});

describe('a run', () => {
  const id = fc.oneof(fc.nat(30), fc.string({ maxLength: 5 }));
  const time = fc.nat(100_000);
  const result = fc.tuple(fc.string(), fc.string(), time, time, fc.option(time), fc.option(time), fc.string(), time);
  const node = fc.record({ id, result, reads: fc.array(fc.nat(30), { maxLength: 3 }) });

  it('reads back as it was, whoever waited for whom', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(node, { selector: (one) => one.id, maxLength: 20 }),
        fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { maxLength: 31 }),
        (nodes, graph) => {
          const run = {
            summary: { id: 'r' } as RunSummary,
            ids: nodes.map((one) => one.id),
            parents: nodes.map(({ reads }) =>
              [...new Set(reads.filter((at) => at < nodes.length))].sort((a, b) => a - b),
            ),
            results: nodes.map(
              ({ result: [status, thread, start, end, ...more] }): RunDetailResult => [
                status,
                thread,
                start,
                start + end,
                ...more,
              ],
            ),
          };
          const parentsOf = (index: number): number[] => [...new Set(graph[index] ?? [])];
          const packed = JSON.parse(JSON.stringify(packRun(run, parentsOf))) as PackedRun;
          expect(unpackRun(packed, parentsOf)).toEqual(run);
        },
      ),
    );
  });
});
