import { join } from 'node:path';
import { type At, TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { readConfigFile } from '../files.ts';
import { renderData } from '../render/renderer.ts';
import type { RenderScope } from '../render/words.ts';
import type { PrivateRepository } from './private.ts';

/** One entry of packages.yml. `written` is as in the file: what a lock file may hold, with no secret in it. */
export type PackageSpec = { readonly written: DataMap } & (
  | { readonly kind: 'hub'; readonly name: string; readonly versions: readonly string[]; readonly prerelease: boolean }
  | { readonly kind: 'git'; readonly url: string; readonly revision: string | null; readonly folder: string | null }
  | ({ readonly kind: 'private'; readonly revision: string | null; readonly folder: string | null } & PrivateRepository)
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'tarball'; readonly url: string; readonly name: string }
);

/** The packages that a folder's packages.yml, or else its dependencies.yml, names. Throws TSD1003. */
export async function readSpecs(folder: string, scope: RenderScope): Promise<readonly PackageSpec[]> {
  for (const name of ['packages.yml', 'dependencies.yml']) {
    const specs = await specsIn(join(folder, name), scope);
    if (specs.length > 0) return specs;
  }
  return [];
}

export async function specsIn(path: string, scope: RenderScope): Promise<readonly PackageSpec[]> {
  const file = readConfigFile(path, process.cwd());
  const written = file?.data['packages'];
  if (file === null || !Array.isArray(written)) return [];
  const rendered = (await renderData(written, scope, (at) => file.at(['packages', ...at]))) as Data[];
  return rendered.map((entry, index) => specOf(entry, written[index] as DataMap, () => file.at(['packages', index])));
}

export function specOf(entry: Data, written: DataMap, at: () => At): PackageSpec {
  if (isDataMap(entry)) {
    const { package: hub, git, private: repository, local, tarball, name } = entry;
    if (typeof hub === 'string') {
      const versions = [entry['version'] ?? []].flat().flatMap((version) => String(version).split(','));
      return { kind: 'hub', name: hub, versions, prerelease: entry['install_prerelease'] === true, written };
    }
    if (typeof git === 'string') return { kind: 'git', url: git, ...checkoutOf(entry), written };
    if (typeof repository === 'string') {
      const provider = typeof entry['provider'] === 'string' ? entry['provider'] : null;
      return { kind: 'private', name: repository, provider, ...checkoutOf(entry), written };
    }
    if (typeof local === 'string') return { kind: 'local', path: local, written };
    if (typeof tarball === 'string' && typeof name === 'string')
      return { kind: 'tarball', url: tarball, name, written };
  }
  throw new TsdbtError({
    code: 'TSD1003',
    message: 'A package must have one of the keys package, git, private, local, or tarball with name.',
    at: at(),
  });
}

function checkoutOf(entry: DataMap): { readonly revision: string | null; readonly folder: string | null } {
  const [revision] = [entry['revision'] ?? null].flat();
  const folder = entry['subdirectory'];
  return {
    revision: revision === null || revision === undefined ? null : String(revision),
    folder: typeof folder === 'string' ? folder : null,
  };
}
