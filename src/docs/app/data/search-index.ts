import type { CoreNode } from '../../format/core.ts';
import type { SearchData } from '../../format/search.ts';

/** Lower-cased texts to look in, made once: a key only looks, and makes nothing. */
export interface SearchIndex {
  readonly nodes: readonly CoreNode[];
  /** Nodes by index, those first that come first where a word says as much of both. */
  readonly order: Int32Array;
  readonly names: readonly string[];
  readonly tags: Field;
  readonly folders: Field;
  /** There as soon as they are loaded. */
  readonly columns?: Columns;
  readonly summaries?: readonly string[];
}

/** A text of every node of which many nodes have the same: each different one is looked at once. */
interface Field {
  readonly texts: readonly string[];
  /** Which of the texts each node has. */
  readonly of: Int32Array;
}

interface Columns {
  readonly words: readonly string[];
  /** Nodes that have the column. */
  readonly owners: readonly (readonly number[])[];
}

export function indexOf(nodes: readonly CoreNode[], fanOut: readonly number[]): SearchIndex {
  const order = Int32Array.from(nodes.keys());
  order.sort((a, b) => (fanOut[b] as number) - (fanOut[a] as number) || a - b);
  return {
    nodes,
    order,
    names: nodes.map(({ name }) => name.toLowerCase()),
    tags: fieldOf(nodes.map(({ tags }) => tags.join('\n'))),
    folders: fieldOf(nodes.map(({ folder }) => folder)),
  };
}

export function withColumns(index: SearchIndex, data: SearchData): SearchIndex {
  const owners: number[][] = data.words.map(() => []);
  data.columns.forEach((words, node) => {
    for (const word of words) owners[word]?.push(node);
  });
  const words = data.words.map((word) => word.toLowerCase());
  return { ...index, columns: { words, owners }, summaries: data.summaries.map((text) => text.toLowerCase()) };
}

function fieldOf(values: readonly string[]): Field {
  const places = new Map<string, number>();
  const of = Int32Array.from(values, (value) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return { texts: [...places.keys()].map((text) => text.toLowerCase()), of };
}
