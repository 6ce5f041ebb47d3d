import type { LineageData, Use } from '../../format/lineage.ts';

/** A column of a node, by the node's index. */
export interface ColumnRef {
  readonly node: number;
  readonly column: string;
}

/** One step of a trace: what a column comes from, or what it becomes. */
export interface Step extends ColumnRef {
  readonly kind: string;
  /** Of the template of the node that computes it, from 1; 0 where it is not known. */
  readonly line: number;
  readonly next: readonly Step[];
  /** It was shown before: its own steps are there. */
  readonly seen: boolean;
}

/** Deeper, or with more steps, a person does not read. */
const MOST = 600;

const keyOf = ({ node, column }: ColumnRef): string => `${node}\u0000${column}`;

type Direct = (of: ColumnRef) => readonly (ColumnRef & { readonly kind: string })[];

/** What each column comes from, one step back. */
export function sourcesIn(data: LineageData): Direct {
  return ({ node, column }) => {
    const own = data.nodes[node]?.c.find(([name]) => data.columns[name] === column);
    return distinct((own?.[1] ?? []).map((use) => refOf(data, use)));
  };
}

/** What each column is used for, one step on. Made once: it turns the whole lineage around. */
export function usersIn(data: LineageData): Direct {
  const users = new Map<string, (ColumnRef & { kind: string })[]>();
  for (const [node, { c }] of Object.entries(data.nodes)) {
    for (const [name, uses] of c) {
      for (const use of uses) {
        const { kind, ...from } = refOf(data, use);
        const list = users.get(keyOf(from)) ?? [];
        users.set(keyOf(from), list);
        list.push({ node: Number(node), column: data.columns[name] ?? '', kind });
      }
    }
  }
  return (of) => distinct(users.get(keyOf(of)) ?? []);
}

function refOf({ columns, kinds }: LineageData, [node, column, kind]: Use): ColumnRef & { readonly kind: string } {
  return { node, column: columns[column] ?? '', kind: kinds[kind] ?? 'value' };
}

/** A column used both for its value and to sort by is named once, for its value. */
function distinct<T extends ColumnRef & { readonly kind: string }>(uses: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const use of uses) {
    const known = found.get(keyOf(use));
    if (known === undefined || use.kind === 'value') found.set(keyOf(use), use);
  }
  return [...found.values()];
}

/** The whole way of a column as a tree; a column that comes up again is named and not followed twice. */
export function traceOf(data: LineageData, direct: Direct, start: ColumnRef): Step[] {
  const seen = new Set([keyOf(start)]);
  let left = MOST;
  const walk = (of: ColumnRef): Step[] =>
    direct(of).flatMap((one): Step[] => {
      if (left-- <= 0) return [];
      const isSeen = seen.has(keyOf(one));
      seen.add(keyOf(one));
      const line = data.nodes[one.node]?.c.find(([name]) => data.columns[name] === one.column)?.[2] ?? 0;
      return [{ ...one, line, seen: isSeen, next: isSeen ? [] : walk(one) }];
    });
  return walk(start);
}

/** Every column of a trace, with the edges between, in both directions. */
export function reachOf(
  start: ColumnRef,
  up: Direct,
  down: Direct,
): {
  readonly columns: readonly ColumnRef[];
  readonly edges: readonly { readonly from: ColumnRef; readonly to: ColumnRef; readonly kind: string }[];
} {
  const found = new Map([[keyOf(start), start]]);
  const edges = new Map<string, { from: ColumnRef; to: ColumnRef; kind: string }>();
  const walk = (direct: Direct, isUp: boolean): void => {
    const pending: ColumnRef[] = [start];
    const done = new Set([keyOf(start)]);
    for (let one = pending.pop(); one !== undefined && found.size < MOST; one = pending.pop()) {
      for (const { kind, ...other } of direct(one)) {
        found.set(keyOf(other), other);
        const [from, to] = isUp ? [other, one] : [one, other];
        edges.set(`${keyOf(from)}>${keyOf(to)}`, { from, to, kind });
        if (done.has(keyOf(other))) continue;
        done.add(keyOf(other));
        pending.push(other);
      }
    }
  };
  walk(up, true);
  walk(down, false);
  return { columns: [...found.values()], edges: [...edges.values()] };
}
