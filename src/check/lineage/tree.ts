/** A node of the engine's query tree, as EXPLAIN QUERY TREE prints it. */
export interface TreeNode {
  /** `QUERY`, `UNION`, `TABLE`, `TABLE_FUNCTION`, `ARRAY_JOIN`, `JOIN`, `COLUMN`, `FUNCTION`, `CONSTANT`, `LIST`, `LAMBDA` … */
  readonly kind: string;
  /** What nodes refer to one another by; 0 where none is printed. */
  readonly id: number;
  /** The rest of its line: `column_name: x, result_type: Int64, source_id: 3`. */
  readonly attributes: string;
  /** In order; a node that stands below no section lies in the section ''. */
  readonly sections: readonly Section[];
}

/** A part of a node with a heading: `PROJECTION`, `WHERE`, `JOIN TREE` … */
export interface Section {
  readonly name: string;
  readonly nodes: readonly TreeNode[];
  /** Of `PROJECTION COLUMNS`: a line `name Type` for each; of `SETTINGS`: `name=value name=value`. */
  readonly lines: readonly string[];
}

interface OpenNode extends TreeNode {
  readonly sections: OpenSection[];
}
interface OpenSection extends Section {
  readonly nodes: OpenNode[];
  readonly lines: string[];
}

const NODE = /^([A-Z][A-Z_ ]*?) id: (\d+)(?:, (.*))?$/s;
const COLUMN_LINES = 'PROJECTION COLUMNS';

/** Reads the lines of EXPLAIN QUERY TREE; each level is indented by two blanks. Null where there is no tree. */
export function parseTree(lines: readonly string[]): TreeNode | null {
  const root: OpenNode = { kind: '', id: 0, attributes: '', sections: [] };
  // What is open at each depth: nodes and sections take turns, but a node may lie directly in a node.
  const open: (OpenNode | OpenSection)[] = [root];
  for (const line of lines) {
    const depth = line.search(/\S/) / 2;
    const text = line.slice(depth * 2);
    if (depth < 0) continue;
    const above = open[Math.min(depth, open.length - 1)]!;
    open.length = Math.min(depth, open.length - 1) + 1;
    if ('lines' in above && above.name === COLUMN_LINES) {
      above.lines.push(text);
      continue;
    }
    const match = NODE.exec(text);
    if (match !== null) {
      const node: OpenNode = { kind: match[1]!, id: Number(match[2]), attributes: match[3] ?? '', sections: [] };
      sectionOf(above).nodes.push(node);
      open.push(node);
    } else if (!('lines' in above)) {
      // `EXPRESSION b.s` names what it was written as.
      const name = /^[A-Z][A-Z ]*(?= |$)/.exec(text)?.[0].trim() ?? text.trim();
      const lines = name === 'SETTINGS' ? [text.slice(name.length + 1)] : [];
      const section: OpenSection = { name, nodes: [], lines };
      above.sections.push(section);
      open.push(section);
    }
  }
  return root.sections[0]?.nodes[0] ?? null;
}

function sectionOf(above: OpenNode | OpenSection): OpenSection {
  if ('lines' in above) return above;
  const last = above.sections.at(-1);
  if (last?.name === '') return last;
  const section: OpenSection = { name: '', nodes: [], lines: [] };
  above.sections.push(section);
  return section;
}

/** The nodes of a section; none where there is no such section. */
export function nodesIn(node: TreeNode, section: string): readonly TreeNode[] {
  return node.sections.filter(({ name }) => name === section).flatMap(({ nodes }) => nodes);
}

/** The members of a LIST; of another node itself. */
export function listed(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'LIST' ? node.sections.flatMap(({ nodes }) => nodes) : [node];
}

/** The tables, subqueries and table functions of a join tree. */
export function tablesOf(node: TreeNode): readonly TreeNode[] {
  if (!/JOIN/.test(node.kind)) return [node];
  const sides = node.sections.filter(({ name }) => name.endsWith('TABLE EXPRESSION'));
  return sides.flatMap(({ nodes }) => nodes).flatMap(tablesOf);
}

const WORDS =
  'alias|column_name|table_name|function_name|function_type|result_type|source_id|is_subquery|is_cte|cte_name|union_mode|constant_value|constant_value_type|final|is_distinct|temporary_table_name|is_\\w+|kind|[a-z_]+_mode';
const PATTERNS = new Map<string, RegExp>();

/** What a node's own line says: `attribute(column, 'source_id')`. Names may hold commas; what comes after is known. */
export function attribute({ attributes }: TreeNode, name: string): string | undefined {
  // Most questions are about words that are not there.
  if (!attributes.includes(name)) return undefined;
  let pattern = PATTERNS.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(?:^|, )${name}: (.*?)(?=, (?:${WORDS}): |$)`, 's');
    PATTERNS.set(name, pattern);
  }
  return pattern.exec(attributes)?.[1];
}

/** `settings final = 1`: a query, with those in it, reads all of its tables as FINAL does. */
export function readsMerged(query: TreeNode): boolean {
  const settings = query.sections.filter(({ name }) => name === 'SETTINGS').flatMap(({ lines }) => lines);
  return settings.some((line) => /\bfinal=(?:1|true)\b/.test(line));
}

/** Whether an expression calls such a function itself; subqueries are not looked into. */
export function callsAny(node: TreeNode, isMeant: (call: TreeNode) => boolean): boolean {
  if (node.kind === 'QUERY' || node.kind === 'UNION') return false;
  if (node.kind === 'FUNCTION' && isMeant(node)) return true;
  return node.sections.some(({ nodes }) => nodes.some((part) => callsAny(part, isMeant)));
}

export function isAggregate(call: TreeNode): boolean {
  return attribute(call, 'function_type') === 'aggregate';
}

/** The function makes a row of each member, as the clause does. */
export function isArrayJoin(call: TreeNode): boolean {
  return attribute(call, 'function_name') === 'arrayJoin';
}

/** Nodes by what others refer to them by. */
export function indexById(tree: TreeNode): ReadonlyMap<number, TreeNode> {
  const byId = new Map<number, TreeNode>();
  const index = (node: TreeNode): void => {
    // A node that is printed again may come without its parts.
    const before = byId.get(node.id);
    if (before === undefined || before.sections.length < node.sections.length) byId.set(node.id, node);
    for (const { nodes } of node.sections) nodes.forEach(index);
  };
  index(tree);
  return byId;
}

/** Which column of a subquery's result is meant: its lines are `name Type`, and names may hold blanks. */
export function position(source: TreeNode, name: string, type: string | undefined): number {
  const first = source.kind === 'UNION' ? nodesIn(source, 'QUERIES').flatMap(listed)[0] : source;
  if (first === undefined) return -1;
  if (first.kind === 'UNION') return position(first, name, type);
  const lines = first.sections.find((section) => section.name === 'PROJECTION COLUMNS')?.lines ?? [];
  const exact = lines.indexOf(`${name} ${type}`);
  if (exact >= 0) return exact;
  const whole = lines.findIndex((line) => line.startsWith(`${name} `));
  const base = name.lastIndexOf('.');
  return whole >= 0 || base < 0 ? whole : position(source, name.slice(0, base), undefined);
}
