import { reader, type Writer, writer } from './bytes.ts';

/** Newer majors mean something an older page cannot show. */
export const FORMAT = 1;

/** What the page must know of every node at once. Nodes of the map come first, sorted by rank, then y; tests and macros follow. */
export interface CoreNode {
  readonly id: string;
  readonly name: string;
  /** Resource type; sources, models, ... and also types this version has never heard of. */
  readonly type: string;
  readonly package: string;
  /** Folder of its file, without the package. */
  readonly folder: string;
  readonly schema: string;
  readonly materialized: string;
  readonly tags: readonly string[];
  readonly owner: string;
  /** Status of its last result; empty where it has none. */
  readonly status: string;
  /** Column of the map, from 0; -1 where the map does not show it. */
  readonly rank: number;
  /** Place within the column, in rows. */
  readonly y: number;
  /** Milliseconds of its last result. */
  readonly duration: number;
  /** 1: described; 2: has columns described. */
  readonly flags: number;
  /** Of nodes, by their index. */
  readonly parents: readonly number[];
}

/** What the page must know of the site. */
export interface CoreHead {
  readonly format: number;
  readonly project: string;
  readonly generatedAt: string;
  readonly target: string;
  readonly dbtVersion: string;
  readonly toolVersion: string;
  /** Chunks by name, with what their content hashes to. */
  readonly chunks: Readonly<Record<string, string>>;
  /** Nodes in each `node-` chunk. */
  readonly perChunk: number;
  /** Artifacts that were missing or broken, in sentences. */
  readonly problems: readonly string[];
  /** The README or the overview block, as checked HTML. */
  readonly overview: string;
  readonly hasSql: boolean;
  readonly [key: string]: unknown;
}

export interface Core {
  readonly head: CoreHead;
  readonly nodes: readonly CoreNode[];
}

const WORDS = ['type', 'package', 'folder', 'schema', 'materialized', 'owner', 'status'] as const;

export function encodeCore({ head, nodes }: Core): Uint8Array {
  const to = writer();
  to.unsigned(head.format);
  to.text(JSON.stringify(head));
  to.lines(nodes.map(restOf));
  for (const word of WORDS) dictionary(to, nodes, (node) => node[word]);
  dictionary(to, nodes, (node) => node.tags.join('\t'));
  let y = 0;
  for (const node of nodes) to.unsigned(node.rank + 1);
  for (const node of nodes) {
    to.signed(node.y - y);
    y = node.y;
  }
  for (const node of nodes) to.unsigned(node.duration);
  for (const node of nodes) to.unsigned(node.flags);
  for (const node of nodes) to.unsigned(node.parents.length);
  nodes.forEach((node, index) => {
    for (const parent of node.parents) to.signed(index - parent);
  });
  return to.bytes();
}

/** Throws RangeError for bytes that are no core, Error for a format this page does not know. */
export function decodeCore(bytes: Uint8Array): Core {
  const from = reader(bytes);
  const format = from.unsigned();
  if (format > FORMAT) throw new Error(`This data has format ${format}; this page reads up to ${FORMAT}.`);
  const head = JSON.parse(from.text()) as CoreHead;
  const rests = from.lines();
  const count = rests.length;
  const words = Object.fromEntries(WORDS.map((word) => [word, readDictionary(from, count)]));
  const tags = readDictionary(from, count).map((joined) => (joined === '' ? [] : joined.split('\t')));
  const numbers = (read: () => number): number[] => Array.from({ length: count }, read);
  const ranks = numbers(() => from.unsigned() - 1);
  let last = 0;
  const ys = numbers(() => {
    last += from.signed();
    return last;
  });
  const durations = numbers(from.unsigned);
  const flags = numbers(from.unsigned);
  const parentCounts = numbers(from.unsigned);
  const nodes = rests.map((rest, index): CoreNode => {
    const word = (name: (typeof WORDS)[number]): string => words[name]?.[index] ?? '';
    const type = word('type');
    return {
      id: rest.startsWith(WHOLE) ? rest.slice(1) : `${type}.${word('package')}.${rest}`,
      name: nameOf(type, rest),
      type,
      package: word('package'),
      folder: word('folder'),
      schema: word('schema'),
      materialized: word('materialized'),
      owner: word('owner'),
      status: word('status'),
      tags: tags[index] ?? [],
      rank: ranks[index] ?? -1,
      y: ys[index] ?? 0,
      duration: durations[index] ?? 0,
      flags: flags[index] ?? 0,
      parents: Array.from({ length: parentCounts[index] ?? 0 }, () => index - from.signed()),
    };
  });
  return { head, nodes };
}

/** Marks an id that is not made of type, package and name. */
const WHOLE = '\u0001';

function restOf({ id, type, package: packageName }: CoreNode): string {
  const before = `${type}.${packageName}.`;
  return id.startsWith(before) ? id.slice(before.length) : `${WHOLE}${id}`;
}

/** `orders` of `orders`, `shop.orders` of a source, `unique_id` of `unique_id.4fc217`, `orders.v2` of a versioned model. */
export function nameOf(type: string, rest: string): string {
  const clean = rest.startsWith(WHOLE) ? rest.slice(1) : rest;
  if (type === 'test') return clean.replace(/\.[0-9a-f]{10}$/, '');
  if (type === 'unit_test') return clean.slice(clean.indexOf('.') + 1);
  return clean;
}

function dictionary(to: Writer, nodes: readonly CoreNode[], of: (node: CoreNode) => string): void {
  const words = new Map<string, number>();
  for (const node of nodes) if (!words.has(of(node))) words.set(of(node), words.size);
  to.lines([...words.keys()]);
  for (const node of nodes) to.unsigned(words.get(of(node)) ?? 0);
}

function readDictionary(from: ReturnType<typeof reader>, count: number): string[] {
  const words = from.lines();
  return Array.from({ length: count }, () => words[from.unsigned()] ?? '');
}
