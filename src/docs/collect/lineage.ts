import type { ColumnLineage, LineageData, NodeLineage, Use } from '../format/lineage.ts';
import { type Loose, list, number, record, text } from './loose.ts';
import type { Resource } from './resources.ts';

/** Comments, and lines that only sort, group or configure. */
const NO_EXPRESSION = /^\s*(?:--|\{#)|\b(?:order|group|partition)[ _]by\b|\bunique_key\b/i;

/** Longer expressions are cut. */
const LONGEST = 200;

/** column_lineage.json, with the line of the template behind each column. Undefined where there is none. */
export function lineageOf(file: unknown, ordered: readonly Resource[], withSql: boolean): LineageData | undefined {
  const found = record(record(file)['nodes']);
  if (Object.keys(found).length === 0) return undefined;
  const at = new Map(ordered.map(({ id }, index) => [id, index]));
  const columns = new Map<string, number>();
  const kinds = new Map<string, number>();
  const place = (of: Map<string, number>, word: string): number => {
    const known = of.get(word) ?? of.size;
    of.set(word, known);
    return known;
  };
  const usesOf = (value: unknown): Use[] =>
    usesIn(value).flatMap((one): Use[] => {
      const node = at.get(text(one['node']));
      if (node === undefined) return [];
      return [[node, place(columns, text(one['column'])), place(kinds, text(one['kind']) || 'value')]];
    });
  const nodes: Record<string, NodeLineage> = {};
  ordered.forEach(({ id, node }, index) => {
    const own = record(found[id]);
    const raw = text(node['raw_code']);
    const c = Object.entries(record(own['columns'])).map(([name, one]): ColumnLineage => {
      const told = record(one);
      const [line, expression] = expressionOf(raw, name, told);
      return [place(columns, name), usesOf(told['sources']), line, withSql ? expression : ''];
    });
    const r = usesOf(own['rows']);
    if (c.length + r.length > 0) nodes[index] = { c, r };
  });
  return { columns: [...columns.keys()], kinds: [...kinds.keys()], nodes };
}

/** A plain list, or one below `sources`. */
function usesIn(value: unknown): Loose[] {
  return (Array.isArray(value) ? value : list(record(value)['sources'])).map(record);
}

/** As the artifact tells it, else the last line of the template that names the column, best with `as`. */
function expressionOf(raw: string, column: string, told: Loose): readonly [number, string] {
  const line = number(told['line']);
  if (line !== null) return [line, text(told['expression']).slice(0, LONGEST)];
  if (raw === '') return [0, ''];
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const lines = raw.split('\n');
  for (const pattern of [
    `\\bas\\s+[\`"]?${name}[\`"]?(?![\\w(])`,
    `(?<![\\w'"])${name}[\`"]?\\s*,?\\s*(?:--.*)?$`,
    `(?<!\\w)${name}(?!\\w)`,
  ]) {
    const wanted = new RegExp(pattern, 'i');
    const at = lines.findLastIndex((one) => wanted.test(one) && !NO_EXPRESSION.test(one));
    if (at >= 0) return [at + 1, (lines[at] as string).trim().replace(/,$/, '').slice(0, LONGEST)];
  }
  return [0, ''];
}
