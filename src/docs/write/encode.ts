import type { Site } from '../collect/types.ts';
import { type CoreHead, encodeCore, FORMAT } from '../format/core.ts';
import { encodeSearch } from '../format/search.ts';
import { tableOf } from '../format/table.ts';
import { type Chunk, chunkOf } from './chunk.ts';

const PER_CHUNK = 64;

export interface Encoded {
  readonly head: CoreHead;
  /** The core: every page needs it. */
  readonly core: Chunk;
  readonly chunks: readonly Chunk[];
}

/** The site as chunks. The same site gives the same bytes. */
export function encodeSite(site: Site): Encoded {
  const chunks: Chunk[] = [];
  for (let from = 0; from < site.details.length; from += PER_CHUNK) {
    chunks.push(chunkOf(`node-${from / PER_CHUNK}`, site.details.slice(from, from + PER_CHUNK)));
  }
  chunks.push(
    chunkOf(
      'search',
      encodeSearch(
        site.details.map(({ columns }) => columns.map(({ name }) => name)),
        site.summaries,
      ),
    ),
  );
  chunks.push(chunkOf('select', { nodes: tableOf(site.selectable), selectors: site.selectors }));
  for (const [name, content] of Object.entries(site.more)) chunks.push(chunkOf(name, content));
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
  return { head, core: chunkOf('core', encodeCore({ head, nodes: site.nodes })), chunks };
}
