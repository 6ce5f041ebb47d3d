import type { CoreNode } from '../../format/core.ts';
import type { SearchIndex } from './search-index.ts';

export interface Hit {
  readonly index: number;
  readonly score: number;
  /** The column by which it was found, where its name was not. */
  readonly column?: string;
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
  const looks = [
    ...words.map((word) => lookFor(index, word)),
    ...columnFilters(filters).map((one) => inColumns(index, one)),
  ];
  const isAllowed = allows(filters);
  const hits = best(index, looks, isAllowed, limit);
  // Descriptions say least and are long: they are read where nothing else fills the list.
  const all =
    hits.length < limit && index.summaries !== undefined
      ? best(
          index,
          looks.map((look, at) => withSummaries(index, look, words[at])),
          isAllowed,
          limit,
        )
      : hits;
  return all.length > 0 || words.length === 0 ? all : mistyped(index, words, isAllowed, limit);
}

/** How well a node matches one word, 0 for not; `column`: the one that matched, by its place among the words. */
interface Look {
  score(node: number): number;
  column?(node: number): string | undefined;
}

/** The first `limit` of the best score, then of the next; nodes of one score come in the index's order. */
function best(
  index: SearchIndex,
  looks: readonly Look[],
  isAllowed: (node: CoreNode) => boolean,
  limit: number,
): Hit[] {
  const byScore = new Map<number, number[]>();
  for (const node of index.order) {
    let total = 0;
    for (const look of looks) {
      const score = look.score(node);
      if (score === 0) {
        total = 0;
        break;
      }
      total += score;
    }
    if (total === 0) continue;
    const { rank } = index.nodes[node] as CoreNode;
    // Tests and macros come after what they are about.
    if (rank < 0) total -= 70;
    const equal = byScore.get(total);
    if (equal === undefined) {
      if (isAllowed(index.nodes[node] as CoreNode)) byScore.set(total, [node]);
    } else if (equal.length < limit && isAllowed(index.nodes[node] as CoreNode)) equal.push(node);
  }
  return [...byScore]
    .sort(([a], [b]) => b - a)
    .flatMap(([score, nodes]) => nodes.map((node) => hitOf(node, score, looks)))
    .slice(0, limit);
}

function hitOf(index: number, score: number, looks: readonly Look[]): Hit {
  const column = looks.map((look) => look.column?.(index)).findLast((one) => one !== undefined);
  return { index, score, ...(column === undefined ? {} : { column }) };
}

function lookFor(index: SearchIndex, word: string): Look {
  const { names, tags, folders } = index;
  // One or two letters are in nearly every column: they say nothing yet.
  const columns = word.length < 3 ? undefined : inColumns(index, word);
  const inTags = tags.texts.map((text) => (text.includes(word) ? 20 : 0));
  const inFolders = folders.texts.map((text) => (text.includes(word) ? 12 : 0));
  return {
    score: (node) =>
      nameScore(names[node] as string, word) ||
      columns?.score(node) ||
      inTags[tags.of[node] as number] ||
      (inFolders[folders.of[node] as number] as number),
    column: (node) => ((names[node] as string).includes(word) ? undefined : columns?.column?.(node)),
  };
}

function withSummaries({ summaries }: SearchIndex, look: Look, word: string | undefined): Look {
  if (word === undefined || word.length < 3) return look;
  return { ...look, score: (node) => look.score(node) || (summaries?.[node]?.includes(word) ? 6 : 0) };
}

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

function inColumns({ columns, nodes }: SearchIndex, word: string): Look {
  const scores = new Uint8Array(nodes.length);
  const found = new Int32Array(nodes.length);
  columns?.words.forEach((name, at) => {
    if (!name.includes(word)) return;
    const score = name === word ? 35 : name.startsWith(word) ? 28 : 25;
    for (const node of columns.owners[at] ?? []) {
      if ((scores[node] as number) >= score) continue;
      scores[node] = score;
      found[node] = at;
    }
  });
  return {
    score: (node) => scores[node] as number,
    column: (node) => (scores[node] === 0 ? undefined : columns?.words[found[node] as number]),
  };
}

const columnFilters = (filters: Query['filters']): string[] =>
  filters.filter(([key]) => key === 'col').map(([, value]) => value);

function allows(filters: Query['filters']): (node: CoreNode) => boolean {
  const asked = filters.filter(([key]) => key !== 'col');
  return (node) => asked.every((filter) => passes(node, filter));
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
function mistyped(
  { names, nodes, order }: SearchIndex,
  words: readonly string[],
  isAllowed: (node: CoreNode) => boolean,
  limit: number,
): Hit[] {
  const word = words.join('_');
  if (word.length < 4) return [];
  // A single change leaves one half of the word as it is.
  const half = word.length >> 1;
  const [first, second] = [word.slice(0, half), word.slice(half)];
  const hits: Hit[] = [];
  for (const index of order) {
    const name = names[index] as string;
    if (!name.includes(first) && !name.includes(second)) continue;
    if (isAllowed(nodes[index] as CoreNode) && isNear(name, word) && hits.push({ index, score: 1 }) === limit) break;
  }
  return hits;
}

/** So many letters have a bit each. */
const LETTERS = 30;

/** Whether some part of the name is at most one change away from the word: all places of the word at once, a bit for each. */
export function isNear(name: string, word: string): boolean {
  const letters = word.slice(0, LETTERS);
  const places = new Map<string, number>();
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    places.set(letter, (places.get(letter) ?? 0) | (1 << at));
  }
  const end = 1 << (letters.length - 1);
  let exact = 0;
  let changed = 1;
  for (let at = 0; at < name.length; at++) {
    const same = places.get(name[at] as string) ?? 0;
    const before = exact;
    exact = ((exact << 1) | 1) & same;
    changed = (((changed << 1) | 1) & same) | before | ((before | exact) << 1) | 1;
    if ((changed & end) !== 0) return true;
  }
  return false;
}
