import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TsdbtError } from '../../error/index.ts';
import type { Emit, Project } from '../../model/index.ts';
import { readConfigFile } from '../files.ts';
import type { RenderScope } from '../render/words.ts';
import { addPackage } from './add.ts';
import { Hub } from './hub.ts';
import { lockText, specsHash } from './lock.ts';
import { type PackagesWorld, type Pinned, pin, resolveAll } from './resolve.ts';
import { type PackageSpec, readSpecs, specsIn } from './specs.ts';

export interface InstallInput {
  readonly project: Project;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly emit: Emit;
}

/** `deps`: package-lock.yml where it is missing or old, then every package it names into the packages' folder. */
export async function installPackages({ project, env, emit }: InstallInput): Promise<void> {
  const { flags, packagesPath } = project;
  const { root, name } = project.root;
  const scope: RenderScope = { env, vars: project.cliVars, secrets: 'placeholder', lenientVars: true };
  const added = flags['add_package'];
  if (typeof added === 'string') addPackage(root, { text: added, source: flags['source'] as 'hub' }, emit);
  const specs = await readSpecs(root, scope);
  const sayNone = (): void => emit({ name: 'DepsNoPackagesFound', data: { packages_filename: 'packages.yml' } });
  const downloads = mkdtempSync(join(tmpdir(), 'tsdbt-downloads-'));
  try {
    const hub = new Hub(env['DBT_PACKAGE_HUB_URL'] || 'https://hub.getdbt.com/', (old_name, new_name) =>
      emit({ name: 'PackageRedirectDeprecation', data: { old_name, new_name } }),
    );
    const world = { root, scope, hub, downloads, checkVersion: flags['version_check'] !== false };
    const isOld = flags['upgrade'] === true || typeof added === 'string' || !isCurrent(root, specs);
    // A lock file that is there holds where nothing is wanted any more.
    if (isOld && specs.length === 0) sayNone();
    const resolved = isOld && specs.length > 0 ? await lock(specs, name, world, emit) : undefined;
    if (flags['lock'] === true) return;
    rmSync(packagesPath, { recursive: true, force: true });
    mkdirSync(packagesPath, { recursive: true });
    const wanted = resolved ?? (await locked(world));
    if (wanted.length === 0) sayNone();
    for (const each of wanted) await install(each, packagesPath, emit);
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}

const lockFile = (root: string): string => join(root, 'package-lock.yml');

function isCurrent(root: string, specs: readonly PackageSpec[]): boolean {
  return readConfigFile(lockFile(root), process.cwd())?.data['sha1_hash'] === specsHash(specs);
}

async function lock(
  specs: readonly PackageSpec[],
  name: string,
  world: PackagesWorld,
  emit: Emit,
): Promise<readonly Pinned[]> {
  const resolved = await resolveAll(specs, name, world);
  const path = lockFile(world.root);
  writeFileSync(
    path,
    lockText(
      resolved.map(({ entry }) => entry),
      specsHash(specs),
    ),
  );
  emit({ name: 'DepsLockUpdating', data: { lock_filepath: path } });
  return resolved;
}

async function locked(world: PackagesWorld): Promise<readonly Pinned[]> {
  const specs = await specsIn(lockFile(world.root), world.scope);
  return await Promise.all(specs.map((spec) => pin(spec, world)));
}

/** A local package is linked, as dbt does; any other lies in the project as a copy of its own. */
async function install(
  { name, entry, source, isLocal, version }: Pinned,
  packagesPath: string,
  emit: Emit,
): Promise<void> {
  if (!/^[^\d\W]\w*$/.test(name)) throw new TsdbtError({ code: 'TSD1009', message: `Invalid package name '${name}'` });
  emit({
    name: 'DepsStartPackageInstall',
    data: { package_name: entry['package'] ?? entry['git'] ?? entry['local'] ?? name },
  });
  const target = join(packagesPath, name);
  const folder = await source();
  if (existsSync(target)) rmSync(target, { recursive: true, force: true });
  if (isLocal) symlinkSync(folder, target);
  else cpSync(folder, target, { recursive: true, filter: (path) => basename(path) !== '.git', verbatimSymlinks: true });
  emit({ name: 'DepsInstallInfo', data: { version_name: version } });
}
