import { resolve } from 'node:path';
import { TsdbtError } from '../../error/index.ts';
import { readProjectFile } from '../load-package.ts';
import { renderData } from '../render/renderer.ts';
import type { RenderScope } from '../render/words.ts';
import { fetchGit, fetchTarball } from './fetched.ts';
import type { Hub } from './hub.ts';
import type { LockEntry } from './lock.ts';
import { privateUrl } from './private.ts';
import { type PackageSpec, readSpecs, specOf } from './specs.ts';

/** What resolving needs of the world. */
export interface PackagesWorld {
  readonly root: string;
  readonly scope: RenderScope;
  readonly hub: Hub;
  /** A folder of this run for what is fetched. */
  readonly downloads: string;
  readonly checkVersion: boolean;
}

/** A package at one version. `source` is the folder it lies in. */
export interface Pinned {
  readonly entry: LockEntry;
  readonly name: string;
  readonly source: () => Promise<string>;
  readonly isLocal: boolean;
  /** As dbt prints what was installed. */
  readonly version: string;
  readonly needs: readonly PackageSpec[];
}

/** All packages that are needed, those of packages included, each at one version. Throws TSD1009, TSD1003. */
export async function resolveAll(
  specs: readonly PackageSpec[],
  rootName: string,
  world: PackagesWorld,
): Promise<readonly Pinned[]> {
  const asked = new Map<string, PackageSpec>();
  const pinned = new Map<string, Pinned>();
  for (let pending = specs; pending.length > 0; ) {
    const next: PackageSpec[] = [];
    for (const spec of pending) {
      const key = keyOf(spec);
      const merged = both(asked.get(key), spec);
      asked.set(key, merged);
      const found = await pin(merged, world);
      pinned.set(key, found);
      next.push(...found.needs.filter((need) => !isKnown(need, asked)));
    }
    pending = next;
  }
  const names = [rootName, ...[...pinned.values()].map(({ name }) => name)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return [...pinned.values()];
  throw new TsdbtError({
    code: 'TSD1009',
    message: `Found duplicate project "${twice}". This occurs when a dependency has the same project name as some other dependency.`,
  });
}

function isKnown(spec: PackageSpec, asked: ReadonlyMap<string, PackageSpec>): boolean {
  const before = asked.get(keyOf(spec));
  return before !== undefined && JSON.stringify(both(before, spec)) === JSON.stringify(before);
}

function keyOf(spec: PackageSpec): string {
  if (spec.kind === 'hub' || spec.kind === 'tarball') return spec.name;
  if (spec.kind === 'private') return `${spec.name}/${spec.folder ?? ''}`;
  return spec.kind === 'local' ? spec.path : `${spec.url.replace(/\.git$/, '')}/${spec.folder ?? ''}`;
}

/** One package wanted twice: the ranges of both hold; two revisions of one repository cannot. */
function both(before: PackageSpec | undefined, spec: PackageSpec): PackageSpec {
  if (before === undefined) return spec;
  if (before.kind === 'hub' && spec.kind === 'hub') {
    return { ...before, versions: [...new Set([...before.versions, ...spec.versions])] };
  }
  const isCheckout = (each: PackageSpec): each is PackageSpec & { readonly kind: 'git' | 'private' } =>
    each.kind === 'git' || each.kind === 'private';
  if (isCheckout(before) && isCheckout(spec) && before.revision !== spec.revision) {
    if (before.revision !== null && spec.revision !== null) {
      const message = `git dependencies should contain exactly one version. ${keyOf(spec)} contains: ${before.revision}, ${spec.revision}`;
      throw new TsdbtError({ code: 'TSD1009', message });
    }
    return before.revision === null ? spec : before;
  }
  return before;
}

export async function pin(spec: PackageSpec, world: PackagesWorld): Promise<Pinned> {
  switch (spec.kind) {
    case 'hub': {
      const { name: hubName, versions, prerelease } = spec;
      const version = await world.hub.pick(hubName, versions, prerelease, world.checkVersion);
      const { name, packages, downloads } = await world.hub.version(hubName, version);
      const source = () => fetchTarball(downloads.tarball, hubName, world.downloads);
      const needs = packages.map((each) =>
        specOf(each as never, each as never, () => ({ file: hubName, line: 1, col: 1 })),
      );
      return {
        entry: { package: hubName, version, name },
        name,
        source,
        isLocal: false,
        version: `version ${version}`,
        needs,
      };
    }
    case 'tarball': {
      const path = await fetchTarball(spec.url, spec.name, world.downloads);
      const { needs } = await about(path, world);
      const entry = { tarball: String(spec.written['tarball']), name: spec.name };
      return { entry, name: spec.name, source: async () => path, isLocal: false, version: 'tarball', needs };
    }
    case 'git':
      return await pinCheckout(spec, spec.url, { git: String(spec.written['git']) }, world);
    case 'private': {
      const origin = { private: spec.name, ...(spec.provider !== null && { provider: spec.provider }) };
      return await pinCheckout(spec, privateUrl(spec, world.scope.env), origin, world);
    }
    case 'local': {
      const folder = resolve(world.root, spec.path);
      const { name, needs } = await about(folder, world);
      return {
        entry: { local: spec.path, name },
        name,
        source: async () => folder,
        isLocal: true,
        version: `<local @ ${spec.path}>`,
        needs,
      };
    }
  }
}

/** `origin`: what the lock file says of where it came from. */
async function pinCheckout(
  spec: { readonly revision: string | null; readonly folder: string | null },
  url: string,
  origin: LockEntry,
  world: PackagesWorld,
): Promise<Pinned> {
  const { path, commit } = await fetchGit(url, spec.revision, world.downloads);
  const folder = spec.folder === null ? path : resolve(path, spec.folder);
  const { name, needs } = await about(folder, world);
  const subdirectory: LockEntry = spec.folder === null ? {} : { subdirectory: spec.folder };
  const entry: LockEntry = { ...origin, revision: commit, name, ...subdirectory };
  return { entry, name, source: async () => folder, isLocal: false, version: `revision ${commit}`, needs };
}

/** The name of the project in a folder, and the packages it asks for. */
async function about(
  folder: string,
  { scope }: PackagesWorld,
): Promise<{ readonly name: string; readonly needs: readonly PackageSpec[] }> {
  const file = readProjectFile(folder, process.cwd());
  const name = await renderData(file.data['name'] ?? null, scope, file.at);
  return { name: String(name), needs: await readSpecs(folder, scope) };
}
