import { expect, it } from 'vitest';
import type { LineageData } from '../../../src/docs/format/lineage.ts';
import { collectSite } from '../../../src/docs/index.ts';

const columns = (...names: string[]) =>
  Object.fromEntries(names.map((name, at) => [name, { name, type: 'String', index: at + 1 }]));

function site(definition: object, parents = ['model.p.m', 'sync.p.a']) {
  return collectSite({
    project: 'p',
    target: 't',
    toolVersion: '0',
    options: { sql: true, compiled: true },
    manifest: {
      nodes: {
        'model.p.m': { resource_type: 'model', name: 'm', unique_id: 'model.p.m', package_name: 'p', columns: {} },
        'model.p.n': { resource_type: 'model', name: 'n', unique_id: 'model.p.n', package_name: 'p', columns: {} },
      },
    },
    catalog: { nodes: { 'model.p.m': { columns: columns('id', 'rank', 'Größe', 'old') } } },
    columnLineage: { nodes: { 'model.p.n': { columns: { x: { sources: [] } } } } },
    syncNodes: [
      { unique_id: 'sync.p.a', resource_type: 'sync', name: 'a', package_name: 'p', target: 'public.a' },
      { unique_id: 'sync.p.s', resource_type: 'sync', name: 's', package_name: 'p', depends_on: { nodes: parents } },
    ],
    syncDefinitions: { 'sync.p.s': definition },
  });
}

/** `name <- source of its node, kind`, as the page has it. */
function ways({ more, nodes }: ReturnType<typeof site>): string[] {
  const lineage = more['lineage'] as LineageData;
  const index = nodes.findIndex(({ id }) => id === 'sync.p.s');
  return (lineage.nodes[index]?.c ?? []).map(([name, uses]) => {
    const from = uses.map(([node, column, kind]) =>
      [nodes[node]?.name, lineage.columns[column], lineage.kinds[kind]].join(' '),
    );
    return `${lineage.columns[name]} <- ${from.join(', ')}`;
  });
}

const detailOf = ({ details, nodes }: ReturnType<typeof site>) =>
  details[nodes.findIndex(({ id }) => id === 'sync.p.s')];

it('a column of Postgres comes from the model’s of its name, of its rule, of its expression, of its look-up, or of nothing', () => {
  const made = site({
    id: { column: 'no' },
    columns: [
      { name: 'position', source: 'rank', type: 'bigint' },
      { name: 'total', expression: 'toInt64(id) + length(`Größe`)' },
    ],
    exclude: ['old'],
    enrichment: [
      { table: { schema: 'public', name: 'a' }, match: { id: 'key' }, columns: { looked_up: 'id' } },
      { table: { schema: 'public', name: 'b' }, match: { rank: 'key' }, columns: { looked_up: 'id' } },
    ],
  });
  expect(ways(made)).toEqual([
    'id <- m id value',
    'position <- m rank value',
    'Größe <- m Größe value',
    'total <- m id value, m Größe value',
    'looked_up <- a id value, m id join, m rank join',
    'no <- ',
  ]);
  const detail = detailOf(made);
  expect(detail?.columns.map(({ name, type }) => `${name} ${type}`.trim())).toEqual([
    'id',
    'position bigint',
    'Größe',
    'total',
    'looked_up',
    'no',
  ]);
});

it.each<[string, object, string[]]>([
  ['reads no model', {}, []],
  ['reads two', {}, ['model.p.m', 'model.p.n']],
])('a sync that %s has no columns known', (_, definition, parents) => {
  expect(detailOf(site(definition, parents))?.columns).toEqual([]);
});

it.each([null, 7, { columns: 'x', exclude: 3, enrichment: [null], id: 'y' }])(
  'takes a definition of %j',
  (definition) => {
    expect(ways(site(definition as object))).toHaveLength(4);
  },
);
