import { rm } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `clean`: deletes the folders of `clean-targets`. Throws TSD9001, before anything is deleted, for one outside the project and one that holds its files. */
export async function clean(request: Request): Promise<number> {
  const project = await readProject(request);
  const { root, paths } = project.root;
  const sources = Object.values(paths).flat();
  const folders = project.cleanTargets.map((target) => ({ target, folder: resolve(root, target) }));
  // Nothing is deleted where one of them must not be.
  for (const { target, folder } of folders) {
    if (!folder.startsWith(root + sep) && request.given['clean_project_files_only'] !== false) {
      throw new TsdbtError({
        code: 'TSD9001',
        message: `clean-targets names ${target}, which lies outside the project; nothing was deleted`,
        hint: 'Use --no-clean-project-files-only if that is meant.',
      });
    }
    if (folder === root || sources.some((source) => isWithin(resolve(root, source), folder))) {
      throw new TsdbtError({
        code: 'TSD9001',
        message: `clean-targets names ${target}, which holds the project's own files; nothing was deleted`,
        hint: 'Name folders there that commands make, such as target and dbt_packages.',
      });
    }
  }
  for (const { folder } of folders) {
    request.emit({ name: 'CheckCleanPath', data: { path: folder } });
    await rm(folder, { recursive: true, force: true });
    request.emit({ name: 'ConfirmCleanPath', data: { path: folder } });
  }
  request.emit({ name: 'FinishedCleanPaths', data: {} });
  return 0;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
