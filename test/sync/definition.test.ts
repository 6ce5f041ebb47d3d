import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadSyncs, readsOf, syncJsonSchema } from '../../src/sync/index.ts';
import { definition, definitions } from './support/definition.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-definitions-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function problems(yaml: string): Promise<string[]> {
  const own = mkdtempSync(`${dir}-`);
  writeFileSync(join(own, 'a.yml'), yaml);
  const loaded = await loadSyncs(own, 'syncs');
  rmSync(own, { recursive: true });
  return loaded.problems.map(({ code, at, message }) => `${code} ${at?.file}:${at?.line}:${at?.col} ${message}`);
}

test('defaults are filled in and durations are seconds', async () => {
  const sync = await definition(`
syncs:
  - name: a
    source: ref('shop', 'mart_a')
    connection: api
    table: web.a
    timeouts: { load: 4 h, vacuum: 50 min, download: 1000 s, swap: 30 }
    indexes: [{ columns: [x, y] }, { columns: [id], unique: true }]
`);
  expect(sync).toMatchObject({
    source: { kind: 'ref', name: 'mart_a', package: 'shop' },
    table: { schema: 'web', name: 'a' },
    mode: 'swap',
    timeouts: { load: 14_400, download: 1000, index: 14_400, vacuum: 3000, swap: 30 },
    guards: { min_rows: 1, min_share: 0.9, min_enriched: 0 },
    backup: { name: { schema: 'web', name: 'a_old_bkp' }, keep: 1 },
    retry: { times: 2, delay: 2 },
    front: undefined,
    drift: 'fail',
    at: { file: 'syncs/syncs.yml', line: 3, col: 5 },
  });
  expect(sync.indexes.map((index) => index.name)).toEqual(['a_x_y_idx', 'a_id_key']);
});

test('a bare name and a ref in braces are models, a query is a query', async () => {
  const head = 'syncs: [{ name: a, connection: api, table: a, source:';
  expect((await definition(`${head} mart_a }]`)).source).toEqual({ kind: 'ref', name: 'mart_a', package: null });
  expect((await definition(`${head} "{{ ref('mart_a') }}" }]`)).source).toEqual({
    kind: 'ref',
    name: 'mart_a',
    package: null,
  });
  expect((await definition(`${head} { query: select 1 } }]`)).source).toEqual({ kind: 'query', sql: 'select 1' });
});

test('every mistake is told with its place', async () => {
  expect(
    await problems(`syncs:
  - name: a
    source: m
    connection: api
    table: a
    mode: upsert
  - name: a b
    source: m
    connection: api
    table: one.two.three
    colums: []
  - name: c
    source: m
    table: c
    connection: api
    timeouts: { load: soon }
    guards: { min_share: 90 }
`),
  ).toEqual([
    'TSD5001 syncs/a.yml:7:11 syncs.1.name: a name has letters, digits, _ and - only',
    'TSD5001 syncs/a.yml:10:12 syncs.1.table: write table or schema.table',
    'TSD5001 syncs/a.yml:11:5 syncs.1.colums: Unrecognized key: "colums"',
    'TSD5001 syncs/a.yml:17:26 syncs.2.guards.min_share: Too big: expected number to be <=1',
    'TSD5001 syncs/a.yml:16:23 syncs.2.timeouts.load: a duration such as "4 h", "50 min" or "1000 s"',
  ]);
  const modes: readonly [string, string][] = [
    ['mode: upsert', 'mode upsert needs a key to know a row again'],
    ['mode: append', 'mode append needs `incremental`, or every run would bring the same rows again'],
    [
      'mode: append, incremental: { column: x, overlap: 1 h }',
      'mode append with an overlap needs a key, or late rows would come twice',
    ],
    ['mode: swap, incremental: { column: x }', 'mode swap reads the whole source: leave `incremental` out'],
  ];
  for (const [mode, message] of modes) {
    const text = `syncs: [{ name: a, source: m, connection: c, table: t, ${mode} }]`;
    expect(await problems(text)).toEqual([`TSD5001 syncs/a.yml:1:62 syncs.0.mode: ${message}`]);
  }
  expect(
    await problems(
      `syncs:\n  - { name: a, source: m, connection: c, table: t }\n  - { name: a, source: m, connection: c, table: u }`,
    ),
  ).toEqual(['TSD5001 syncs/a.yml:3:13 syncs.1.name: sync "a" is already defined in syncs/a.yml:2']);
  expect(await problems('syncs: [')).toEqual([expect.stringMatching(/^TSD1002 syncs\/a\.yml:1:\d+ /)]);
});

test('what a sync reads is known without running it', async () => {
  const head = 'syncs: [{ name: a, connection: api, table: a, source:';
  const query = `{ query: "select * from {{ ref('m') }} join {{ ref('p', 'n') }} using k, {{ source('s', 't') }}" }`;
  expect(readsOf(await definition(`${head} ${query} }]`))).toEqual([
    { kind: 'ref', of: null, name: 'm' },
    { kind: 'ref', of: 'p', name: 'n' },
    { kind: 'source', of: 's', name: 't' },
  ]);
  expect(readsOf(await definition(`${head} "ref('p', 'n')" }]`))).toEqual([{ kind: 'ref', of: 'p', name: 'n' }]);
});

test('the schema for editors is the one that is checked', async () => {
  const schema = await syncJsonSchema();
  expect(JSON.parse(readFileSync('docs/syncs.schema.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  expect(schema).toMatchObject({
    properties: {
      syncs: { items: { required: ['name', 'source', 'connection', 'table'], additionalProperties: false } },
    },
  });
});

test('what is looked up is synced before', async () => {
  const one = (name: string, lookup: string) =>
    `{ name: ${name}, source: m, connection: api, table: ${name}, enrichment: [${lookup && `{ table: ${lookup}, match: { a: b }, columns: { c: d } }`}] }`;
  const names = async (...syncs: string[]) =>
    (await definitions(`syncs: [${syncs.join(', ')}]`)).map((sync) => sync.name);
  expect(await names(one('a', 'b'), one('b', 'c'), one('c', ''), one('d', 'unknown'))).toEqual(['c', 'b', 'a', 'd']);
  expect(await names(one('a', 'b'), one('b', 'a'))).toEqual(['b', 'a']);
});

test('a folder that is missing holds no syncs', async () => {
  expect(await loadSyncs(join(dir, 'nowhere'))).toEqual({ syncs: [], problems: [] });
});
