import { createHash } from 'node:crypto';
import {
  attribute,
  callsAny,
  indexById,
  isAggregate,
  isArrayJoin,
  listed,
  nodesIn,
  position,
  type TreeNode,
} from './tree.ts';

/** What a query computes, without how it is written: equal for equal meaning as far as the engine's tree shows it. */
export interface Signatures {
  /** For each column of the result, in order. */
  readonly columns: readonly string[];
  /** Of what decides which rows there are. */
  readonly rows: string;
}

/** The clauses of a query that decide on its rows, in the order they work. */
const CLAUSES = [
  'PREWHERE',
  'WHERE',
  'GROUP BY',
  'HAVING',
  'QUALIFY',
  'ORDER BY',
  'INTERPOLATE',
  'LIMIT BY LIMIT',
  'LIMIT BY OFFSET',
  'LIMIT BY',
  'LIMIT',
  'OFFSET',
];

/** Signatures of a query tree. Names of CTEs and aliases, comments and blanks change nothing. */
export function signaturesOf(tree: TreeNode): Signatures {
  const byId = indexById(tree);
  const known = new Map<TreeNode, Signatures>();
  return result(tree);

  function result(node: TreeNode): Signatures {
    const before = known.get(node);
    if (before !== undefined) return before;
    known.set(node, { columns: [], rows: 'itself' });
    const made = node.kind === 'UNION' ? unionResult(node) : queryResult(node);
    known.set(node, made);
    return made;
  }

  function unionResult(node: TreeNode): Signatures {
    const parts = nodesIn(node, 'QUERIES')
      .flatMap(listed)
      .map((part) => {
        const made = result(part);
        known.set(node, made);
        return made;
      });
    const width = parts[0]?.columns.length ?? 0;
    const columns = Array.from({ length: width }, (_, i) =>
      hash('union', ...parts.map((part) => part.columns[i] ?? '')),
    );
    return { columns, rows: hash(attribute(node, 'union_mode') ?? '', ...parts.map(({ rows }) => rows)) };
  }

  function queryResult(node: TreeNode): Signatures {
    const projected = nodesIn(node, 'PROJECTION').flatMap(listed);
    const columns = projected.map(expression);
    const clauses = CLAUSES.map((clause) => ({ clause, nodes: nodesIn(node, clause) }))
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ clause, nodes }) => `${clause} ${nodes.map(expression).join()}`);
    const words = [
      ...clauses,
      ...(attribute(node, 'is_distinct') === '1' ? columns : []),
      ...(projected.some((part) => callsAny(part, isAggregate)) ? ['aggregated'] : []),
      ...projected.filter((part) => callsAny(part, isArrayJoin)).map(expression),
      ...[attribute(node, 'group_by_type')].filter((type) => type !== undefined),
    ];
    const tables = nodesIn(node, 'JOIN TREE').map(joined);
    // A query that only picks columns has the rows of what it reads.
    return { columns, rows: words.length === 0 && tables.length === 1 ? tables[0]! : hash(...tables, ...words) };
  }

  function joined(node: TreeNode): string {
    if (node.kind === 'QUERY' || node.kind === 'UNION') return result(node).rows;
    const parts = node.sections.map(({ name, nodes }) => {
      const texts = name.endsWith('TABLE EXPRESSION') ? nodes.map(joined) : nodes.map(expression);
      return `${name} ${texts.join()}`;
    });
    return hash(node.kind, ownWords(node), ...parts);
  }

  function expression(node: TreeNode): string {
    if (node.kind === 'COLUMN') return column(node);
    if (node.kind === 'QUERY' || node.kind === 'UNION') {
      const { columns, rows } = result(node);
      return hash('query', ...columns, rows);
    }
    // A constant that was computed, as of now(), is what it was computed from.
    const written = node.kind === 'CONSTANT' ? nodesIn(node, 'EXPRESSION') : [];
    if (written.length > 0) return hash(...written.map(expression));
    const parts = node.sections.map(({ name, nodes }) => `${name.split(' ')[0]} ${nodes.map(expression).join()}`);
    return hash(node.kind, ownWords(node), ...parts);
  }

  function column(node: TreeNode): string {
    const written = nodesIn(node, 'EXPRESSION');
    if (written.length > 0) return hash(...written.map(expression));
    const source = byId.get(Number(attribute(node, 'source_id')));
    const name = attribute(node, 'column_name') ?? '';
    switch (source?.kind) {
      case 'TABLE':
        return hash(attribute(source, 'temporary_table_name') ?? attribute(source, 'table_name') ?? '', name);
      case 'QUERY':
      case 'UNION':
        return result(source).columns[position(source, name, attribute(node, 'result_type'))] ?? name;
      case 'ARRAY_JOIN': {
        const list = nodesIn(source, 'JOIN EXPRESSIONS').flatMap(listed);
        const same = list.find((item) => attribute(item, 'column_name') === name);
        return hash('array join', same === undefined || same === node ? name : expression(same));
      }
      case 'LAMBDA': {
        const args = nodesIn(source, 'ARGUMENTS').flatMap(listed);
        return `argument ${args.findIndex((arg) => attribute(arg, 'column_name') === name)}`;
      }
      default:
        return name;
    }
  }
}

/** What a node's own line says of its meaning; ids and aliases are no part of it. */
function ownWords(node: TreeNode): string {
  switch (node.kind) {
    case 'FUNCTION':
      return attribute(node, 'function_name') ?? '';
    case 'CONSTANT':
      return `${attribute(node, 'constant_value')} ${attribute(node, 'constant_value_type')}`;
    case 'TABLE':
      return `${attribute(node, 'table_name')} ${attribute(node, 'final')}`;
    case 'TABLE_FUNCTION':
      return /table_function_name: (\w+)/.exec(node.attributes)?.[1] ?? '';
    case 'SORT':
    case 'WINDOW':
    case 'JOIN':
    case 'ARRAY_JOIN':
      return node.attributes.replace(/\balias: \w+,? ?/, '');
    default:
      return '';
  }
}

function hash(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join('\n')).digest('base64url').slice(0, 12);
}
