import { join } from 'node:path';
import type { Manifest, ManifestText, Node } from '../model/index.ts';
import { pythonJson } from '../util/python-json.ts';
import { readJson, writeJson, writeWhole } from './json-file.ts';

/** manifest.json v12. `compiled` replaces nodes by what compiling made of them. */
export function writeManifest(targetPath: string, manifest: Manifest, compiled?: ReadonlyMap<string, Node>): string {
  const path = join(targetPath, 'manifest.json');
  writeJson(path, compiled === undefined || compiled.size === 0 ? manifest : withCompiled(manifest, compiled));
  return path;
}

/** The same of a manifest that is a text but for what is different in each invocation. */
export function writeManifestText(
  targetPath: string,
  { metadata, selectors }: Pick<Manifest, 'metadata' | 'selectors'>,
  { before, after }: ManifestText,
): string {
  const path = join(targetPath, 'manifest.json');
  const [first, second] = [pythonJson(metadata), pythonJson(selectors)];
  writeWhole(path, [`{"metadata":${first},`, before, `,"selectors":${second},`, after, '}']);
  return path;
}

/** semantic_manifest.json, which is JSON already. */
export function writeSemanticManifest(targetPath: string, text: string): string {
  const path = join(targetPath, 'semantic_manifest.json');
  writeWhole(path, [text]);
  return path;
}

function withCompiled(manifest: Manifest, compiled: ReadonlyMap<string, Node>): Manifest {
  const nodes = Object.fromEntries(Object.entries(manifest.nodes).map(([id, node]) => [id, compiled.get(id) ?? node]));
  return { ...manifest, nodes };
}

export function readManifest(targetPath: string): Manifest | undefined {
  return readJson(join(targetPath, 'manifest.json')) as Manifest | undefined;
}
