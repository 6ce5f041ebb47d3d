import type { ColumnLineage, LineageData, NodeLineage, Use } from '../format/lineage.ts';
import { linesOf } from './expression.ts';
import { type Loose, list, number, record, text } from './loose.ts';
import type { Resource } from './resources.ts';
import type { SyncColumn } from './sync-columns.ts';

/** column_lineage.json, with the line of the template behind each column. Undefined where there is none. */
export function lineageOf(
  file: unknown,
  ordered: readonly Resource[],
  syncColumns: ReadonlyMap<string, readonly SyncColumn[]>,
): LineageData | undefined {
  const told = record(record(file)['nodes']);
  if (Object.keys(told).length === 0) return undefined;
  const at = new Map(ordered.map(({ id }, index) => [id, index]));
  const columns = new Map<string, number>();
  const kinds = new Map<string, number>();
  const place = (of: Map<string, number>, word: string): number => {
    const known = of.get(word);
    if (known !== undefined) return known;
    of.set(word, of.size);
    return of.size - 1;
  };
  const usesOf = (value: unknown): Use[] => {
    const uses: Use[] = [];
    for (const item of usesIn(value)) {
      const one = record(item);
      const node = at.get(text(one['node']));
      if (node !== undefined)
        uses.push([node, place(columns, text(one['column'])), place(kinds, text(one['kind']) || 'value')]);
    }
    return uses;
  };
  const nodes: Record<string, NodeLineage> = {};
  ordered.forEach(({ id, node }, index) => {
    const own = told[id] === undefined ? filledBy(syncColumns.get(id) ?? []) : record(told[id]);
    const columnsOfNode = Object.entries(record(own['columns']));
    if (columnsOfNode.length === 0 && own['rows'] === undefined) return;
    const lineOf = linesOf(text(node['raw_code']));
    const c = columnsOfNode.map(([name, one]): ColumnLineage => {
      const about = record(one);
      return [place(columns, name), usesOf(about['sources']), number(about['line']) ?? lineOf(name)];
    });
    const r = usesOf(own['rows']);
    if (c.length + r.length > 0) nodes[index] = { c, r };
  });
  return { columns: [...columns.keys()], kinds: [...kinds.keys()], nodes };
}

/** A table in Postgres as column_lineage.json would tell of it. */
function filledBy(columns: readonly SyncColumn[]): Loose {
  return { columns: Object.fromEntries(columns.map(({ name, sources }) => [name, { sources, line: 0 }])) };
}

/** A plain list, or one below `sources`. */
function usesIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : list(record(value)['sources']);
}
