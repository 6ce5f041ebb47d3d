import type { GraphMember } from '../../graph/index.ts';
import type { ColumnFacts, ColumnName, Criterion } from '../types.ts';
import { matchesWildcard } from '../wildcard.ts';
import { invalidValue, type Matcher, type Search } from './search.ts';

type Asked = Pick<Search, 'criterion' | 'graph' | 'columns'>;

/** `mart_x.followers`, `source_name.table.followers`; wildcards in either part. */
export function byColumn(search: Search): Matcher {
  const named = new Set(columnsNamed(search).map(({ node }) => node));
  return ({ unique_id: id }) => named.has(id);
}

/** What a `column:` criterion's `+` means: not all that reads the node, but what the column itself reaches. */
export function relatedByColumn(search: Asked, direction: 'up' | 'down'): ReadonlySet<string> {
  const { children, childrenDepth, parents, parentsDepth } = search.criterion;
  if (direction === 'up' ? !parents : !children) return new Set();
  const depth = direction === 'up' ? parentsDepth : childrenDepth;
  const found = factsOf(search).related(columnsNamed(search), direction, depth);
  return new Set([...found].filter((id) => search.graph.has(id)));
}

function columnsNamed(search: Asked): readonly ColumnName[] {
  const facts = factsOf(search);
  const text = String(search.criterion.value);
  const dot = text.lastIndexOf('.');
  const [name, column] = [text.slice(0, dot), text.slice(dot + 1)];
  if (dot <= 0 || column === '') throw invalidValue(`'${text}' names no column: write model.column`);
  return search.graph.ids
    .filter((id) => namesOf(search.graph.node(id)).some((one) => matchesWildcard(one, name)))
    .flatMap((node) =>
      facts
        .columnsOf(node)
        .filter((one) => matchesWildcard(one, column))
        .map((one) => ({ node, column: one })),
    );
}

function namesOf(node: GraphMember): readonly string[] {
  const source = (node as { readonly source_name?: string }).source_name;
  return [source === undefined ? node.name : `${source}.${node.name}`, node.unique_id];
}

function factsOf({
  columns,
  criterion,
}: {
  readonly columns?: ColumnFacts;
  readonly criterion: Criterion;
}): ColumnFacts {
  if (columns !== undefined) return columns;
  throw invalidValue(`'${criterion.raw}' asks for columns, which are not known here`);
}
