import type { CoreNode } from '../../format/core.ts';
import type { SearchData } from '../../format/search.ts';

/** Lower-cased texts to look in, made once: a key only looks. Nodes are named by their place in `order`. */
export interface SearchIndex {
  readonly nodes: readonly CoreNode[];
  /** Nodes by index, those first that come first where a word says as much of both. */
  readonly order: Int32Array;
  readonly names: Haystack;
  readonly tags: Field;
  readonly folders: Field;
  /** There as soon as they are loaded. */
  readonly columns?: Field;
  readonly summaries?: Haystack;
}

/** A text of every node in one: a word that is nowhere is not there at once. */
export interface Haystack {
  readonly text: string;
  /** Where each begins, and one more. */
  readonly starts: Int32Array;
}

/** A text that many nodes have alike: each different one is looked at once. */
export interface Field {
  readonly texts: readonly string[];
  /** Nodes that have each. */
  readonly owners: readonly (readonly number[])[];
}

export function indexOf(nodes: readonly CoreNode[], fanOut: readonly number[]): SearchIndex {
  const order = Int32Array.from(nodes.keys());
  order.sort((a, b) => (fanOut[b] as number) - (fanOut[a] as number) || a - b);
  const of = (text: (node: CoreNode) => string): string[] =>
    Array.from(order, (index) => text(nodes[index] as CoreNode));
  return {
    nodes,
    order,
    names: haystackOf(of(({ name }) => name)),
    tags: fieldOf(of(({ tags }) => tags.join('\n'))),
    folders: fieldOf(of(({ folder }) => folder)),
  };
}

export function withColumns(index: SearchIndex, data: SearchData): SearchIndex {
  const owners: number[][] = data.words.map(() => []);
  index.order.forEach((node, place) => {
    for (const word of data.columns[node] ?? []) owners[word]?.push(place);
  });
  return {
    ...index,
    columns: { texts: data.words.map((word) => word.toLowerCase()), owners },
    summaries: haystackOf(Array.from(index.order, (node) => data.summaries[node] ?? '')),
  };
}

function haystackOf(texts: readonly string[]): Haystack {
  const lower = texts.map((text) => text.toLowerCase());
  const starts = new Int32Array(lower.length + 1);
  lower.forEach((text, at) => {
    starts[at + 1] = (starts[at] as number) + text.length + 1;
  });
  return { text: lower.join('\n'), starts };
}

function fieldOf(values: readonly string[]): Field {
  const owners = new Map<string, number[]>();
  values.forEach((value, place) => {
    const known = owners.get(value);
    if (known === undefined) owners.set(value, [place]);
    else known.push(place);
  });
  return { texts: [...owners.keys()].map((text) => text.toLowerCase()), owners: [...owners.values()] };
}
