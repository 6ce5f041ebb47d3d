import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import type { Project } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `deps`: puts local packages in place. Those of a hub or a repository are named with what to do. */
export async function deps(request: Request): Promise<number> {
  const project = await readProject(request);
  const { packageName, specifiedPackages } = await import('../load/index.ts');
  const entries = specifiedPackages(project.root.root, request.cwd);
  if (entries.length === 0) {
    request.emit({ name: 'DepsNoPackagesFound', data: { packages_filename: 'packages.yml' } });
    return 0;
  }
  for (const entry of entries) {
    const local = isDataMap(entry) ? entry['local'] : undefined;
    if (typeof local !== 'string') throw elsewhere(entry, project);
    const from = resolve(project.root.root, local);
    const name = packageName(from, request.cwd);
    request.emit({ name: 'DepsStartPackageInstall', data: { package_name: local } });
    link(from, join(project.packagesPath, name));
    request.emit({ name: 'DepsInstallInfo', data: { version_name: `<local @ ${local}>` } });
  }
  return 0;
}

function link(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(resolve(to, '..'), { recursive: true });
  symlinkSync(from, to, 'dir');
}

function elsewhere(entry: unknown, project: Project): TsdbtError {
  return new TsdbtError({
    code: 'TSD1006',
    message: `tsdbt cannot fetch ${JSON.stringify(entry)}`,
    hint: `Put the package's folder into ${project.packagesPath} yourself, or name it as \`local:\`.`,
  });
}
