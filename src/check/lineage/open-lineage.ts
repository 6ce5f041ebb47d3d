import type { ColumnUse, NodeLineage } from '../types.ts';
import type { Kind } from './uses.ts';

/** A table as OpenLineage names it. */
export interface Dataset {
  readonly namespace: string;
  readonly name: string;
}

const SCHEMA =
  'https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet';
const PRODUCER = 'https://www.npmjs.com/package/tsdbt';

/** How a column is used, in OpenLineage's words. */
const TRANSFORMATIONS: Readonly<Record<Kind, { readonly type: 'DIRECT' | 'INDIRECT'; readonly subtype: string }>> = {
  value: { type: 'DIRECT', subtype: 'TRANSFORMATION' },
  window: { type: 'INDIRECT', subtype: 'WINDOW' },
  filter: { type: 'INDIRECT', subtype: 'FILTER' },
  join: { type: 'INDIRECT', subtype: 'JOIN' },
  group: { type: 'INDIRECT', subtype: 'GROUP_BY' },
  order: { type: 'INDIRECT', subtype: 'SORT' },
};

/**
 * The columnLineage facet of a node's table, one step back: `fields` for each column, `dataset` for what decides on rows.
 * @param datasetOf the table of a node; undefined for one that has none
 */
export function columnLineageFacet({ columns, rows }: NodeLineage, datasetOf: (node: string) => Dataset | undefined) {
  const inputs = (uses: readonly ColumnUse[]) => {
    const fields = new Map<string, Dataset & { readonly field: string; readonly transformations: object[] }>();
    for (const { node, column, kind } of uses) {
      const dataset = datasetOf(node);
      if (dataset === undefined) continue;
      const key = `${node}\n${column}`;
      const field = fields.get(key) ?? { ...dataset, field: column, transformations: [] };
      fields.set(key, field);
      field.transformations.push({ ...TRANSFORMATIONS[kind], description: '', masking: false });
    }
    return [...fields.values()];
  };
  return {
    _producer: PRODUCER,
    _schemaURL: SCHEMA,
    fields: Object.fromEntries([...columns].map(([name, { sources }]) => [name, { inputFields: inputs(sources) }])),
    dataset: inputs(rows.sources),
  };
}
