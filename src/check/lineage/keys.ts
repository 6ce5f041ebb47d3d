import type { CompilableNode } from '../../model/index.ts';
import { tokensOf } from '../locate/tokens.ts';
import type { SourceSchemas } from '../source-schemas.ts';
import type { ColumnUse, NodeLineage } from '../types.ts';
import { attribute, readsMerged, type TreeNode } from './tree.ts';
import type { Kind } from './uses.ts';

/** Engines that merge rows of one sorting key. */
const MERGING = /Replacing|Collapsing|Summing|Aggregating|Coalescing|Graphite/;

/** A table keeps one row for each key, drops what is old: the columns its config names decide on its rows as its SQL does. */
export function withKeys(node: CompilableNode, lineage: NodeLineage): NodeLineage {
  const uses = [...namedByConfig(node, [...lineage.columns.keys()])].flatMap(([column, kind]) =>
    lineage.columns.get(column)!.sources.map((use): ColumnUse => ({ ...use, kind })),
  );
  return uses.length === 0
    ? lineage
    : { ...lineage, rows: { ...lineage.rows, sources: distinctUses([...lineage.rows.sources, ...uses]) } };
}

/** The node's own columns that decide which of its rows stay. */
function* namedByConfig(
  { resource_type, config }: CompilableNode,
  columns: readonly string[],
): Generator<[string, Kind]> {
  const engine = String(config['engine'] ?? '');
  const materialized = String(config.materialized);
  if (MERGING.test(engine)) {
    yield* namedIn(config['order_by'] ?? config['primary_key'], columns, 'group');
    yield* namedIn(engine, columns, 'order');
    // Only rows of one partition are merged.
    yield* namedIn(config['partition_by'], columns, 'group');
  }
  yield* namedIn(config['ttl'], columns, 'filter');
  if (resource_type === 'snapshot' || materialized.endsWith('incremental'))
    yield* namedIn(config['unique_key'], columns, 'group');
  if (config['incremental_strategy'] === 'insert_overwrite') yield* namedIn(config['partition_by'], columns, 'group');
  if (resource_type === 'snapshot') {
    yield* namedIn(config['updated_at'], columns, 'order');
    const checked = config['check_cols'];
    yield* namedIn(checked === 'all' ? columns.filter((name) => !name.startsWith('dbt_')) : checked, columns, 'order');
  }
}

/** A table read with FINAL has one row for each key: of sources that is known where their engine was pulled. */
export function finalUses(
  tree: TreeNode,
  nodeAt: (relation: string) => string | undefined,
  schemas: SourceSchemas | undefined,
): readonly ColumnUse[] {
  const uses: ColumnUse[] = [];
  look(tree, false);
  return uses;

  function look(node: TreeNode, isWithin: boolean): void {
    const isMerged = isWithin || (node.kind === 'QUERY' && readsMerged(node));
    if (node.kind === 'TABLE' && (isMerged || attribute(node, 'final') === '1'))
      note(nodeAt(attribute(node, 'table_name') ?? ''));
    for (const { nodes } of node.sections) for (const part of nodes) look(part, isMerged);
  }

  function note(id: string | undefined): void {
    const schema = id?.startsWith('source.') ? schemas?.get(id.split('.').slice(2).join('.')) : undefined;
    if (id === undefined || schema === undefined || !MERGING.test(schema.engine)) return;
    const names = schema.columns.map(({ name }) => name);
    for (const [column, kind] of [
      ...namedIn(schema.orderBy, names, 'group'),
      ...namedIn(schema.engine, names, 'order'),
    ])
      uses.push({ node: id, column, kind });
  }
}

/** Columns that a text of SQL, or a list of such texts, says. */
function namedIn(value: unknown, columns: readonly string[], kind: Kind): [string, Kind][] {
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  const words = new Set(
    texts.flatMap((text) =>
      tokensOf(text)
        .filter((token) => token.kind === 'word')
        .map((token) => token.text),
    ),
  );
  return columns.filter((column) => words.has(column)).map((column) => [column, kind]);
}

/** Each use of a column once. */
export function distinctUses(uses: readonly ColumnUse[]): readonly ColumnUse[] {
  return [...new Map(uses.map((use) => [`${use.node}\n${use.column}\n${use.kind}`, use])).values()];
}
