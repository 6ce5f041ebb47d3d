import { expect, it } from 'vitest';
import { columnLineageFacet } from '../../../src/check/lineage/open-lineage.ts';

it('says of each column, and of the rows, what they come from in OpenLineage’s words', () => {
  const lineage = {
    columns: new Map([
      [
        'rank',
        {
          sources: [
            { node: 'model.p.a', column: 'n', kind: 'value' as const },
            { node: 'model.p.a', column: 'n', kind: 'window' as const },
            { node: 'model.p.ephemeral', column: 'x', kind: 'value' as const },
          ],
          signatures: [],
        },
      ],
    ]),
    rows: { sources: [{ node: 'source.p.raw.t', column: 'at', kind: 'filter' as const }], signatures: [] },
    reads: [],
  };
  const datasetOf = (node: string) =>
    node.includes('ephemeral')
      ? undefined
      : { namespace: 'clickhouse://h:8123', name: node.split('.').slice(-2).join('.') };
  const facet = columnLineageFacet(lineage, datasetOf);
  expect(facet._schemaURL).toContain('ColumnLineageDatasetFacet');
  expect(facet.fields['rank']?.inputFields).toEqual([
    {
      namespace: 'clickhouse://h:8123',
      name: 'p.a',
      field: 'n',
      transformations: [
        { type: 'DIRECT', subtype: 'TRANSFORMATION', description: '', masking: false },
        { type: 'INDIRECT', subtype: 'WINDOW', description: '', masking: false },
      ],
    },
  ]);
  expect(facet.dataset).toEqual([
    {
      namespace: 'clickhouse://h:8123',
      name: 'raw.t',
      field: 'at',
      transformations: [{ type: 'INDIRECT', subtype: 'FILTER', description: '', masking: false }],
    },
  ]);
});
