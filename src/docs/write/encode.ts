import type { Site } from '../collect/types.ts';
import { type CoreHead, encodeCore, FORMAT } from '../format/core.ts';
import { encodeSearch } from '../format/search.ts';
import { tableOf } from '../format/table.ts';
import { type Chunk, chunkOf } from './chunk.ts';

const PER_CHUNK = 256;

/** How hard chunks are compressed: the hardest takes three times as long and saves a fortieth, which a site that is mailed whole may want. */
const SMALLEST = 9;
const QUICK = 6;
const LARGE = 3000;

export interface Encoded {
  readonly head: CoreHead;
  /** The core: every page needs it. */
  readonly core: Chunk;
  readonly chunks: readonly Chunk[];
}

/** The site as chunks. The same site gives the same bytes. */
export async function encodeSite(site: Site): Promise<Encoded> {
  const level = site.nodes.length > LARGE ? QUICK : SMALLEST;
  const chunks = await Promise.all(partsOf(site).map(([name, content]) => chunkOf(name, content, level)));
  const head: CoreHead = {
    format: FORMAT,
    project: site.project,
    generatedAt: site.generatedAt,
    target: site.target,
    dbtVersion: site.dbtVersion,
    toolVersion: site.toolVersion,
    chunks: Object.fromEntries(chunks.map(({ name, hash }) => [name, hash])),
    perChunk: PER_CHUNK,
    problems: site.problems,
    overview: site.overview,
    hasSql: site.hasSql,
  };
  return { head, core: await chunkOf('core', encodeCore({ head, nodes: site.nodes }), SMALLEST), chunks };
}

/** What is loaded when it is looked at, by the names of the chunks. */
function partsOf({ details, summaries, selectable, selectors, more }: Site): (readonly [string, unknown])[] {
  const nodes = Array.from({ length: Math.ceil(details.length / PER_CHUNK) }, (_, at): [string, unknown] => [
    `node-${at}`,
    details.slice(at * PER_CHUNK, (at + 1) * PER_CHUNK),
  ]);
  const columns = details.map((node) => node.columns.map(({ name }) => name));
  return [
    ...nodes,
    ['search', encodeSearch(columns, summaries)],
    ['select', { nodes: tableOf(selectable), selectors }],
    ...Object.entries(more),
  ];
}
