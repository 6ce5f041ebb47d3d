import { attribute, callsAny, indexById, isArrayJoin, listed, nodesIn, position, type TreeNode } from './tree.ts';

/** How a column is used: its value arrives, or it decides which rows there are, how they meet or in what order they count. */
export type Kind = 'value' | 'filter' | 'join' | 'group' | 'order' | 'window';

/** A column of a table as a query uses it. */
export interface Use {
  /** As the engine prints it: `schema.name` without quotes. */
  readonly relation: string;
  readonly column: string;
  readonly kind: Kind;
}

/** What the result of a query comes from. */
export interface QueryUses {
  /** For each column of the result, in order. */
  readonly columns: readonly (readonly Use[])[];
  /** What decides which rows there are: for all columns alike. */
  readonly rows: readonly Use[];
  /** All tables it reads, even where it takes no column of them. */
  readonly relations: readonly string[];
}

type Uses = ReadonlyMap<string, Use>;
const NONE: Uses = new Map();

/** The clauses of a query that decide on its rows. */
const ROW_CLAUSES: readonly (readonly [string, Kind])[] = [
  ['PREWHERE', 'filter'],
  ['WHERE', 'filter'],
  ['GROUP BY', 'group'],
  ['HAVING', 'filter'],
  ['QUALIFY', 'filter'],
  ['LIMIT BY', 'filter'],
  ['ORDER BY', 'order'],
];

/** Functions whose value is their first argument's, or an array of it. */
const HANDS_ON: ReadonlySet<string> = new Set(
  'groupArray any anyLast first_value last_value lagInFrame leadInFrame arrayElement argMax argMin assumeNotNull toNullable'.split(
    ' ',
  ),
);

/** What the tables of a query are. */
export interface Tables {
  /** Names of a table's columns; none where the table is unknown. */
  columnsOf(relation: string): readonly string[];
  /** Whether a CTE is a node of its own (an ephemeral model), where the way back ends as it does at a table. */
  isNode(cteName: string): boolean;
}

/** Follows every column of a query's result through CTEs, subqueries and unions back to tables. */
export function usesOf(tree: TreeNode, { columnsOf, isNode }: Tables): QueryUses {
  const byId = indexById(tree);
  const known = new Map<TreeNode, { readonly columns: readonly Uses[]; readonly rows: Uses }>();
  const relations = new Set<string>();
  noteTables(tree);
  const { columns, rows } = result(tree);
  for (const uses of [...columns, rows]) for (const { relation } of uses.values()) relations.add(relation);
  return { columns: columns.map((uses) => [...uses.values()]), rows: [...rows.values()], relations: [...relations] };

  function noteTables(node: TreeNode): void {
    const cte = cteOf(node);
    const relation = cte ?? (node.kind === 'TABLE' ? attribute(node, 'table_name') : undefined);
    if (relation !== undefined) relations.add(relation);
    if (cte === undefined) for (const { nodes } of node.sections) nodes.forEach(noteTables);
  }

  /** Of a QUERY or UNION. */
  function result(node: TreeNode): { readonly columns: readonly Uses[]; readonly rows: Uses } {
    const before = known.get(node);
    if (before !== undefined) return before;
    // A recursive CTE reads itself: what it has on its first turn is all it can add.
    known.set(node, { columns: [], rows: NONE });
    const made = node.kind === 'UNION' ? unionResult(node) : queryResult(node);
    known.set(node, made);
    return made;
  }

  function unionResult(node: TreeNode): { readonly columns: readonly Uses[]; readonly rows: Uses } {
    const parts = nodesIn(node, 'QUERIES').flatMap(listed);
    const results = parts.map((part) => {
      const made = result(part);
      known.set(node, made);
      return made;
    });
    const width = results[0]?.columns.length ?? 0;
    const columns = Array.from({ length: width }, (_, i) => merged(results.map((part) => part.columns[i] ?? NONE)));
    const rows = results.map((part) => part.rows);
    const isPlain = attribute(node, 'union_mode') === 'UNION_ALL';
    return { columns, rows: merged(isPlain ? rows : [...rows, ...columns.map((uses) => as('filter', uses))]) };
  }

  function queryResult(node: TreeNode): { readonly columns: readonly Uses[]; readonly rows: Uses } {
    const projected = nodesIn(node, 'PROJECTION').flatMap(listed);
    const columns = projected.map(expression);
    const rows = nodesIn(node, 'JOIN TREE').map(joined);
    rows.push(...projected.filter((part) => callsAny(part, isArrayJoin)).map((part) => as('join', expression(part))));
    for (const [clause, kind] of ROW_CLAUSES) {
      rows.push(...nodesIn(node, clause).map((part) => as(kind, expression(part))));
    }
    if (attribute(node, 'is_distinct') === '1') rows.push(...columns.map((uses) => as('group', uses)));
    return { columns, rows: merged(rows) };
  }

  /** What a table, a subquery or a join of them brings along for its rows. */
  function joined(node: TreeNode): Uses {
    if (node.kind === 'QUERY' || node.kind === 'UNION') return cteOf(node) === undefined ? result(node).rows : NONE;
    if (node.kind === 'TABLE_FUNCTION') return as('filter', parts(node));
    const conditions = [...nodesIn(node, 'JOIN EXPRESSION'), ...nodesIn(node, 'JOIN EXPRESSIONS')];
    const tables = node.sections.filter(({ name }) => name.endsWith('TABLE EXPRESSION')).flatMap(({ nodes }) => nodes);
    return merged([...conditions.map((part) => as('join', expression(part))), ...tables.map(joined)]);
  }

  function expression(node: TreeNode): Uses {
    switch (node.kind) {
      case 'COLUMN':
        return column(node);
      case 'LAMBDA':
        return merged(nodesIn(node, 'EXPRESSION').map(expression));
      case 'QUERY':
      case 'UNION': {
        const { columns, rows } = result(node);
        return merged([...columns, rows]);
      }
      case 'TABLE': {
        const relation = attribute(node, 'table_name') ?? '';
        return merged(columnsOf(relation).map((name) => single(relation, name)));
      }
      case 'FUNCTION':
        return looksUp(node) ?? tupleMember(node) ?? parts(node);
      default:
        return parts(node);
    }
  }

  function parts(node: TreeNode): Uses {
    return merged(
      node.sections.map(({ name, nodes }) => {
        const uses = merged(nodes.map(expression));
        return name === 'WINDOW' ? as('window', uses) : uses;
      }),
    );
  }

  /** `tupleElement(x, 2)`: of what the tuple is made of just that. */
  function tupleMember(node: TreeNode): Uses | undefined {
    if (attribute(node, 'function_name') !== 'tupleElement') return undefined;
    const [tuple, place] = nodesIn(node, 'ARGUMENTS').flatMap(listed);
    const index = /_(\d+)$/.exec(attribute(place ?? node, 'constant_value') ?? '')?.[1];
    return tuple === undefined || index === undefined ? undefined : member(tuple, Number(index));
  }

  /** A member of a tuple, through what hands tuples on as they are; the whole where that cannot be told. */
  function member(node: TreeNode, index: number): Uses {
    if (node.kind === 'COLUMN') return memberOfColumn(node, index);
    const name = attribute(node, 'function_name') ?? '';
    const args = nodesIn(node, 'ARGUMENTS').flatMap(listed);
    if (name === 'tuple' && args[index - 1] !== undefined) return expression(args[index - 1]!);
    if (node.kind !== 'FUNCTION' || !HANDS_ON.has(name) || args.length === 0) return expression(node);
    const others = node.sections.map(({ name: section, nodes }) => {
      if (section === 'ARGUMENTS') return merged(args.slice(1).map(expression));
      const uses = merged(nodes.map(expression));
      return section === 'WINDOW' ? as('window', uses) : uses;
    });
    return merged([member(args[0]!, index), ...others]);
  }

  function memberOfColumn(node: TreeNode, index: number): Uses {
    const written = nodesIn(node, 'EXPRESSION');
    if (written.length > 0) return merged(written.map((part) => member(part, index)));
    const source = byId.get(Number(attribute(node, 'source_id')));
    if (source?.kind !== 'QUERY' || cteOf(source) !== undefined) return expression(node);
    const place = position(source, attribute(node, 'column_name') ?? '', attribute(node, 'result_type'));
    const projected = nodesIn(source, 'PROJECTION').flatMap(listed)[place];
    return projected === undefined ? expression(node) : member(projected, index);
  }

  function column(node: TreeNode): Uses {
    const written = nodesIn(node, 'EXPRESSION');
    const source = byId.get(Number(attribute(node, 'source_id')));
    const name = attribute(node, 'column_name') ?? '';
    // ALIAS columns, USING and ARRAY JOIN say what they stand for.
    if (written.length > 0) return merged(written.map(expression));
    switch (source?.kind) {
      case 'TABLE': {
        const recursive = attribute(source, 'temporary_table_name');
        if (recursive !== undefined) return recursiveColumn(recursive, name, attribute(node, 'result_type'));
        const relation = attribute(source, 'table_name') ?? '';
        return single(relation, columnNamed(columnsOf(relation), name));
      }
      case 'QUERY':
      case 'UNION': {
        const cte = cteOf(source);
        if (cte !== undefined) return single(cte, name);
        return result(source).columns[position(source, name, attribute(node, 'result_type'))] ?? NONE;
      }
      case 'ARRAY_JOIN': {
        const list = nodesIn(source, 'JOIN EXPRESSIONS').flatMap(listed);
        const same = list.find((item) => attribute(item, 'column_name') === name);
        return same === undefined || same === node ? NONE : expression(same);
      }
      default:
        // An argument of a lambda: the array it runs over is an argument of the function.
        return NONE;
    }
  }

  function cteOf(node: TreeNode): string | undefined {
    const name = attribute(node, 'cte_name');
    return name !== undefined && isNode(name) ? name : undefined;
  }

  function recursiveColumn(name: string, columnName: string, type: string | undefined): Uses {
    const cte = [...byId.values()].find((node) => node.kind === 'UNION' && attribute(node, 'cte_name') === name);
    if (cte === undefined) return NONE;
    return result(cte).columns[position(cte, columnName, type)] ?? NONE;
  }

  /** A look-up in a dictionary names it, and its attribute, by constants. */
  function looksUp(node: TreeNode): Uses | undefined {
    if (!/^(?:dictGet|dictHas|joinGet)/.test(attribute(node, 'function_name') ?? '')) return undefined;
    const list = nodesIn(node, 'ARGUMENTS').flatMap(listed);
    const constants = list.slice(0, 2).map((item) => /^'(.*)'$/s.exec(attribute(item, 'constant_value') ?? '')?.[1]);
    const relation = constants[0]?.replaceAll('`', '');
    if (relation === undefined) return undefined;
    const fields = constants[1] === undefined ? [] : [single(relation, constants[1])];
    return merged([...fields, ...list.map(expression)]);
  }
}

/** `tup.a` is part of `tup` unless the table has a column of the whole name. */
function columnNamed(columns: readonly string[], name: string): string {
  if (columns.length === 0 || columns.includes(name)) return name;
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    if (columns.includes(name.slice(0, dot))) return name.slice(0, dot);
  }
  return name;
}

function single(relation: string, column: string): Uses {
  return new Map([[`${relation}\n${column}\nvalue`, { relation, column, kind: 'value' }]]);
}

function merged(all: readonly Uses[]): Uses {
  if (all.length === 1) return all[0]!;
  const uses = new Map<string, Use>();
  for (const some of all) for (const [key, use] of some) uses.set(key, use);
  return uses;
}

/** What was a value decides something here; what decided something before still does. */
function as(kind: Kind, uses: Uses): Uses {
  const changed = [...uses.values()].map((use) => (use.kind === 'value' ? { ...use, kind } : use));
  return new Map(changed.map((use) => [`${use.relation}\n${use.column}\n${use.kind}`, use]));
}
