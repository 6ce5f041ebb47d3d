import type { CoreNode } from '../../format/core.ts';
import type { SearchData } from '../../format/search.ts';

/** Lower-cased texts to look in, made once. */
export interface SearchIndex {
  readonly names: readonly string[];
  readonly nodes: readonly CoreNode[];
  /** Where each node's name begins in the joined names. */
  readonly columns?: Columns;
  readonly summaries?: readonly string[];
  readonly fanOut: readonly number[];
}

interface Columns {
  readonly words: readonly string[];
  /** Nodes that have the column. */
  readonly owners: readonly (readonly number[])[];
}

export interface Hit {
  readonly index: number;
  readonly score: number;
  /** The column by which it was found, where its name was not. */
  readonly column?: string;
}

export function indexOf(nodes: readonly CoreNode[], fanOut: readonly number[]): SearchIndex {
  return { nodes, fanOut, names: nodes.map(({ name }) => name.toLowerCase()) };
}

export function withColumns(index: SearchIndex, data: SearchData): SearchIndex {
  const owners: number[][] = data.words.map(() => []);
  data.columns.forEach((words, node) => {
    for (const word of words) owners[word]?.push(node);
  });
  const words = data.words.map((word) => word.toLowerCase());
  return { ...index, columns: { words, owners }, summaries: data.summaries.map((text) => text.toLowerCase()) };
}

interface Query {
  readonly words: readonly string[];
  readonly filters: readonly (readonly [key: string, value: string])[];
}

const FILTERS = new Set(['type', 'tag', 'path', 'col', 'owner', 'schema', 'status', 'package']);

export function parseQuery(text: string): Query {
  const words: string[] = [];
  const filters: [string, string][] = [];
  for (const part of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = part.indexOf(':');
    const key = part.slice(0, at);
    if (at > 0 && FILTERS.has(key)) {
      if (at < part.length - 1) filters.push([key, part.slice(at + 1)]);
    } else words.push(part);
  }
  return { words, filters };
}

/** Best first: exact name, its beginning, the beginning of a word of it, within it, column, tag, path, description. Every word must match. */
export function search(index: SearchIndex, text: string, limit = 40): readonly Hit[] {
  const { words, filters } = parseQuery(text);
  if (words.length === 0 && filters.length === 0) return [];
  const hits = run(index, words, filters);
  const found = hits.length > 0 || words.length === 0 ? hits : mistyped(index, words, filters);
  return [...found]
    .sort((a, b) => b.score - a.score || index.fanOut[b.index]! - index.fanOut[a.index]! || a.index - b.index)
    .slice(0, limit);
}

function run(index: SearchIndex, words: readonly string[], filters: Query['filters']): Hit[] {
  const { nodes, names } = index;
  const scores = new Float64Array(nodes.length);
  const columnOf = new Map<number, string>();
  const columns = filters.filter(([key]) => key === 'col').map(([, value]) => value);
  const allowed = filters.filter(([key]) => key !== 'col');
  const inColumns = [...words, ...columns].map((word) => columnScores(index, word));
  const hits: Hit[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if (allowed.length > 0 && !allowed.every((filter) => passes(nodes[node] as CoreNode, filter))) continue;
    let total = 0;
    let ok = true;
    for (let at = 0; at < words.length && ok; at++) {
      const word = words[at] as string;
      const byName = nameScore(names[node] as string, word);
      const column = inColumns[at]?.get(node);
      const best = Math.max(byName, column?.score ?? 0, byName >= 30 ? 0 : otherScore(index, node, word));
      if (byName === 0 && column !== undefined && best === column.score) columnOf.set(node, column.name);
      ok = best > 0;
      total += best;
    }
    for (let at = words.length; at < inColumns.length && ok; at++) {
      const column = inColumns[at]?.get(node);
      ok = column !== undefined;
      if (column !== undefined) columnOf.set(node, column.name);
      total += column?.score ?? 0;
    }
    if (!ok) continue;
    scores[node] = total - rankOfType(nodes[node] as CoreNode);
    const column = columnOf.get(node);
    hits.push({ index: node, score: scores[node] as number, ...(column === undefined ? {} : { column }) });
  }
  return hits;
}

/** Tests and macros come after what they are about. */
const rankOfType = ({ rank }: CoreNode): number => (rank < 0 ? 70 : 0);

function nameScore(name: string, word: string): number {
  const at = name.indexOf(word);
  if (at < 0) return 0;
  if (name.length === word.length) return 100;
  if (at === 0) return 80;
  for (let from = at; from >= 0; from = name.indexOf(word, from + 1)) {
    if (/[_.\- ]/.test(name[from - 1] ?? ' ')) return name.length === from + word.length ? 65 : 60;
  }
  return 40;
}

function columnScores({ columns }: SearchIndex, word: string): ReadonlyMap<number, { score: number; name: string }> {
  const found = new Map<number, { score: number; name: string }>();
  // One or two letters are in nearly every column: they say nothing yet, and would take long.
  if (word.length < 3) return found;
  columns?.words.forEach((name, at) => {
    if (!name.includes(word)) return;
    const score = name === word ? 35 : name.startsWith(word) ? 28 : 25;
    for (const node of columns.owners[at] ?? []) {
      if ((found.get(node)?.score ?? 0) < score) found.set(node, { score, name });
    }
  });
  return found;
}

function otherScore({ nodes, summaries }: SearchIndex, index: number, word: string): number {
  const node = nodes[index] as CoreNode;
  if (node.tags.some((tag) => tag.toLowerCase().includes(word))) return 20;
  if (node.folder.toLowerCase().includes(word)) return 12;
  return word.length > 2 && summaries?.[index]?.includes(word) ? 6 : 0;
}

function passes(node: CoreNode, [key, value]: readonly [string, string]): boolean {
  switch (key) {
    case 'type':
      return node.type.startsWith(value);
    case 'tag':
      return node.tags.some((tag) => tag.toLowerCase().includes(value));
    case 'path':
      return `${node.folder}/${node.name}`.toLowerCase().includes(value);
    case 'owner':
      return node.owner.toLowerCase().includes(value);
    case 'schema':
      return node.schema.toLowerCase().includes(value);
    case 'status':
      return node.status.startsWith(value);
    default:
      return node.package.toLowerCase().includes(value);
  }
}

/** Names that are one letter away, only where nothing else was found. */
function mistyped({ names, nodes }: SearchIndex, words: readonly string[], filters: Query['filters']): Hit[] {
  const word = words.join('_');
  if (word.length < 4) return [];
  return names.flatMap((name, index) =>
    filters.every((filter) => passes(nodes[index] as CoreNode, filter)) && isNear(name, word)
      ? [{ index, score: 1 }]
      : [],
  );
}

/** Whether some part of the name is at most one change away from the word. */
export function isNear(name: string, word: string): boolean {
  if (name.length < word.length - 1) return false;
  let row = new Uint8Array(word.length + 1).map((_, at) => at);
  for (const sign of name) {
    const next = new Uint8Array(word.length + 1);
    for (let at = 1; at <= word.length; at++) {
      const same = word[at - 1] === sign ? 0 : 1;
      next[at] = Math.min((row[at] as number) + 1, (next[at - 1] as number) + 1, (row[at - 1] as number) + same);
    }
    if ((next[word.length] as number) <= 1) return true;
    row = next;
  }
  return false;
}
