import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import type { Project } from '../model/index.ts';

/** Writes below the project's folders; a path that leaves both project and target folder is refused. */
export function fileSink(project: Project): (path: string, text: string) => void {
  const made = new Set<string>();
  return (path, text) => {
    const full = resolve(project.root.root, path);
    if (![project.root.root, project.targetPath].some((folder) => full.startsWith(folder + sep))) {
      throw new TsdbtError({ code: 'TSD3006', message: `${path} lies outside the project and is not written` });
    }
    const folder = dirname(full);
    if (!made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      made.add(folder);
    }
    writeFileSync(full, text);
  };
}
