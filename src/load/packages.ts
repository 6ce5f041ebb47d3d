import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import { readConfigFile, shown } from './files.ts';

/** Folders of the installed packages, in the order of their names. Throws TSD1006 where some are named but not installed. */
export function installedPackages(root: string, packagesPath: string, cwd: string): string[] {
  const named = namedPackages(root, cwd);
  const installed = foldersIn(packagesPath);
  if (named.entries.length !== installed.length) {
    const missing = named.entries.map(nameOf).filter((name) => name !== null && !installed.includes(name));
    const following = missing.length === 0 ? '' : `Following packages were not found: ${missing.join(', ')}. `;
    throw new TsdbtError({
      code: 'TSD1006',
      message: `dbt expects ${named.entries.length} package(s) based on packages specified in ${named.file}, but found only ${installed.length} package(s) installed in ${shown(packagesPath, root)}. ${following}Run "dbt deps" to install package dependencies.`,
      at: { file: shown(join(root, named.file), cwd), line: 1, col: 0 },
      hint: 'tsdbt deps',
    });
  }
  return installed.map((name) => join(packagesPath, name));
}

interface NamedPackages {
  readonly file: string;
  readonly entries: readonly Data[];
}

/** What the lock file lists, else packages.yml or dependencies.yml. */
function namedPackages(root: string, cwd: string): NamedPackages {
  const [packages, dependencies, lock] = ['packages.yml', 'dependencies.yml', 'package-lock.yml'].map(
    (name) => readConfigFile(join(root, name), cwd)?.data ?? {},
  ) as [DataMap, DataMap, DataMap];
  if ('packages' in packages && 'packages' in dependencies) {
    throw wrong("The 'packages' key cannot be specified in both packages.yml and dependencies.yml");
  }
  if ('projects' in packages) throw wrong("The 'projects' key cannot be specified in packages.yml");
  const file = 'packages' in dependencies ? 'dependencies.yml' : 'packages.yml';
  const specified = entriesOf(file === 'packages.yml' ? packages : dependencies);
  const locked = entriesOf(lock);
  return { file, entries: locked.length > 0 ? locked : specified };
}

function entriesOf(data: DataMap): readonly Data[] {
  const entries = data['packages'];
  return Array.isArray(entries) ? entries : [];
}

/** The folder a package is installed in, where its entry tells. */
function nameOf(entry: Data): string | null {
  if (!isDataMap(entry)) return null;
  const { name, package: hub } = entry;
  if (typeof name === 'string') return name;
  return typeof hub === 'string' ? (hub.split('/').at(-1) ?? null) : null;
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  // A local package is a symbolic link, which a directory entry does not call a directory.
  const isFolder = (name: string) => !name.startsWith('__') && statSync(join(path, name)).isDirectory();
  return readdirSync(path).filter(isFolder).sort();
}

function wrong(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1003', message });
}
