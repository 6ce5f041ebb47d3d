import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../collect/types.ts';
import { siteAssets } from './assets.ts';
import { chunkFile, chunkScript } from './chunk.ts';
import { encodeSite } from './encode.ts';
import { pageHtml } from './html.ts';

export interface WriteOptions {
  /** Also write `static_index.html`, one file with everything. */
  readonly static: boolean;
}

/** Writes the site below `targetPath`: chunks first, index.html last, so that a half-written site still works. Gives the pages' paths. */
export async function writeSite(targetPath: string, site: Site, options: WriteOptions): Promise<string[]> {
  const assets = siteAssets();
  const { head, core, chunks } = await encodeSite(site);
  const folder = join(targetPath, 'site');
  mkdirSync(folder, { recursive: true });
  for (const chunk of chunks) replace(join(folder, chunkFile(chunk)), chunkScript(chunk));
  const plain = site.nodes.map((node, index) => ({ ...node, summary: site.summaries[index] }));
  replace(join(folder, 'core.json'), JSON.stringify({ ...head, nodes: plain }));
  const page = { head, core, nodes: site.nodes, summaries: site.summaries };
  const written: string[] = [];
  if (options.static) {
    written.push(join(targetPath, 'static_index.html'));
    replace(written[0] as string, pageHtml({ ...page, inlined: chunks }, assets));
  }
  const index = join(targetPath, 'index.html');
  replace(index, pageHtml({ ...page, inlined: [] }, assets));
  const current = new Set([...chunks.map(chunkFile), 'core.json']);
  for (const name of readdirSync(folder)) if (!current.has(name) && isChunk(name)) rmSync(join(folder, name));
  return [index, ...written];
}

const isChunk = (name: string): boolean => /^[\w-]+\.[0-9a-f]{10}\.js$/.test(name);

function replace(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
