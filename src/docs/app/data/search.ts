import type { CoreNode } from '../../format/core.ts';
import type { Field, Haystack, SearchIndex } from './search-index.ts';

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
    ...columnFilters(filters).map((word) => inColumns(index, word, emptyLook(index))),
  ];
  const isAllowed = allows(filters);
  let hits = best(index, looks, isAllowed, limit);
  // Descriptions say least and are long: they are read where nothing else fills the list.
  if (hits.length < limit && index.summaries !== undefined) {
    for (const [at, word] of words.entries()) inSummaries(index, word, looks[at] as Look);
    hits = best(index, looks, isAllowed, limit);
  }
  return hits.length > 0 || words.length === 0 ? hits : mistyped(index, words, isAllowed, limit);
}

/** How well each node matches one word, 0 for not at all, and the column that did, by its place + 1. */
interface Look {
  readonly scores: Uint8Array;
  readonly columns: Int32Array;
}

const emptyLook = ({ order }: SearchIndex): Look => ({
  scores: new Uint8Array(order.length),
  columns: new Int32Array(order.length),
});

/** The first `limit` of the best score, then of the next. */
function best(
  index: SearchIndex,
  looks: readonly Look[],
  isAllowed: (node: CoreNode) => boolean,
  limit: number,
): Hit[] {
  const byScore = new Map<number, number[]>();
  const count = index.order.length;
  for (let place = 0; place < count; place++) {
    let total = looks.length === 0 ? 1 : 0;
    for (const { scores } of looks) {
      const score = scores[place] as number;
      if (score === 0) {
        total = 0;
        break;
      }
      total += score;
    }
    if (total === 0) continue;
    const node = index.nodes[index.order[place] as number] as CoreNode;
    // Tests and macros come after what they are about.
    if (node.rank < 0) total -= 70;
    const equal = byScore.get(total);
    if ((equal !== undefined && equal.length >= limit) || !isAllowed(node)) continue;
    if (equal === undefined) byScore.set(total, [place]);
    else equal.push(place);
  }
  return [...byScore]
    .sort(([a], [b]) => b - a)
    .flatMap(([score, places]) => places.map((place) => hitOf(index, place, score, looks)))
    .slice(0, limit);
}

function hitOf({ order, columns }: SearchIndex, place: number, score: number, looks: readonly Look[]): Hit {
  const at = looks.map((look) => look.columns[place] as number).findLast((one) => one > 0);
  const column = at === undefined ? undefined : columns?.texts[at - 1];
  return { index: order[place] as number, score, ...(column === undefined ? {} : { column }) };
}

function lookFor(index: SearchIndex, word: string): Look {
  const look = emptyLook(index);
  const { scores } = look;
  const { text, starts } = index.names;
  eachHit(index.names, word, (place, at) => {
    const [start, end] = [starts[place] as number, (starts[place + 1] as number) - 1];
    scores[place] = nameScore(text, word, at, start, end);
  });
  // One or two letters are in nearly every column: they say nothing yet.
  if (word.length > 2) inColumns(index, word, look);
  inField(index.tags, word, 20, scores);
  inField(index.folders, word, 12, scores);
  return look;
}

/** The first place of a word in each text that has it. */
function eachHit({ text, starts }: Haystack, word: string, hit: (place: number, at: number) => void): void {
  let place = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[place + 1])) {
    while ((starts[place + 1] as number) <= at) place++;
    hit(place, at);
    if (place + 2 >= starts.length) return;
  }
}

function nameScore(text: string, word: string, first: number, start: number, end: number): number {
  if (end - start === word.length) return 100;
  if (first === start) return 80;
  for (let at = first; at >= 0 && at < end; at = text.indexOf(word, at + 1)) {
    if ('_.- '.includes(text[at - 1] as string)) return at + word.length === end ? 65 : 60;
  }
  return 40;
}

function inField({ texts, owners }: Field, word: string, score: number, scores: Uint8Array): void {
  texts.forEach((text, at) => {
    if (text.includes(word)) for (const place of owners[at] ?? []) if (scores[place] === 0) scores[place] = score;
  });
}

/** Where no name says more. */
function inColumns({ columns }: SearchIndex, word: string, look: Look): Look {
  columns?.texts.forEach((name, at) => {
    if (!name.includes(word)) return;
    const score = name === word ? 35 : name.startsWith(word) ? 28 : 25;
    for (const place of columns.owners[at] ?? []) {
      if ((look.scores[place] as number) >= score) continue;
      look.scores[place] = score;
      look.columns[place] = at + 1;
    }
  });
  return look;
}

function inSummaries({ summaries }: SearchIndex, word: string, { scores }: Look): void {
  if (summaries === undefined || word.length < 3) return;
  eachHit(summaries, word, (place) => {
    if (scores[place] === 0) scores[place] = 6;
  });
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
  { names: { text, starts }, nodes, order }: SearchIndex,
  words: readonly string[],
  isAllowed: (node: CoreNode) => boolean,
  limit: number,
): Hit[] {
  const word = words.join('_');
  if (word.length < 4) return [];
  const hits: Hit[] = [];
  for (let place = 0; place < order.length && hits.length < limit; place++) {
    const index = order[place] as number;
    const name = text.slice(starts[place], (starts[place + 1] as number) - 1);
    // A single change leaves one half of the word as it is.
    const half = word.length >> 1;
    if (!name.includes(word.slice(0, half)) && !name.includes(word.slice(half))) continue;
    if (isAllowed(nodes[index] as CoreNode) && isNear(name, word)) hits.push({ index, score: 1 });
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
