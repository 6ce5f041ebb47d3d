import type { Manifest } from '../../model/index.ts';
import type { Understood } from '../engine.ts';
import type { Checking, ColumnUse, NodeLineage, Origin } from '../types.ts';
import { distinctUses, finalUses } from './keys.ts';
import { signaturesOf } from './signature.ts';
import { type Use, usesOf } from './uses.ts';

/** How dbt names the CTE an ephemeral model becomes. */
const EPHEMERAL = '__dbt__cte__';

/** Where the columns of a node's query come from, node by node. */
export function lineageOf(
  input: Pick<Checking, 'graph' | 'relations' | 'typed' | 'schemas'>,
  node: { readonly unique_id: string },
  query: Understood,
): NodeLineage {
  const parents = new Set(input.graph.parents(node.unique_id));
  const nodeAt = (relation: string): string | undefined => {
    const ids = input.relations.get(relation) ?? [];
    return ids.find((id) => parents.has(id)) ?? ids.find((id) => input.typed.has(id)) ?? ids[0];
  };
  const signatures = signaturesOf(query.tree);
  const { columns, rows, relations } = usesOf(query.tree, {
    columnsOf: (relation) => input.typed.get(nodeAt(relation) ?? '')?.columns.map(({ name }) => name) ?? [],
    isNode: (cte) => cte.startsWith(EPHEMERAL) && input.relations.has(cte),
  });
  const named = (uses: readonly Use[]): readonly ColumnUse[] =>
    uses.flatMap(({ relation, column, kind }) => {
      const id = nodeAt(relation);
      return id === undefined ? [] : [{ node: id, column, kind }];
    });
  return {
    columns: new Map(
      query.columns.map(({ name }, i) => [
        name,
        { sources: named(columns[i] ?? []), signatures: [signatures.columns[i] ?? ''] },
      ]),
    ),
    rows: {
      sources: distinctUses([...named(rows), ...finalUses(query.tree, nodeAt, input.schemas)]),
      signatures: [signatures.rows],
    },
    reads: [...new Set(relations.flatMap((relation) => nodeAt(relation) ?? []))],
  };
}

/** What lies where: tables by `schema.name`, ephemeral models by their CTE. */
export function relationsOf(manifest: Manifest): ReadonlyMap<string, readonly string[]> {
  const relations = new Map<string, readonly string[]>();
  const add = (relation: string, id: string): void => {
    relations.set(relation, [...(relations.get(relation) ?? []), id]);
  };
  for (const source of Object.values(manifest.sources)) add(`${source.schema}.${source.identifier}`, source.unique_id);
  for (const node of Object.values(manifest.nodes)) {
    if (node.config.materialized === 'ephemeral') add(`${EPHEMERAL}${node.alias}`, node.unique_id);
    else if (node.resource_type !== 'test') add(`${node.schema}.${node.alias}`, node.unique_id);
  }
  return relations;
}

/** Both ways an incremental model fills its table. */
export function bothLineages(first: NodeLineage | undefined, second: NodeLineage | undefined): NodeLineage | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const columns = [...first.columns].map(([name, origin]) => [name, both(origin, second.columns.get(name))] as const);
  const reads = [...new Set([...first.reads, ...second.reads])];
  return { columns: new Map(columns), rows: both(first.rows, second.rows), reads };
}

function both(a: Origin, b: Origin | undefined): Origin {
  if (b === undefined) return a;
  return {
    ...a,
    sources: distinctUses([...a.sources, ...b.sources]),
    signatures: [...new Set([...a.signatures, ...b.signatures])],
  };
}
