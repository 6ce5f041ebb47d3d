import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isFile } from './files.ts';
import type { Environment } from './flags/environment.ts';

const PROJECT_FILE = 'dbt_project.yml';

/**
 * The folder of dbt_project.yml: the one named; else the current one or the nearest above it that has the file;
 * else `project/` in the current one or the nearest above, which is how a repository of ours is laid out.
 */
export function findProjectDir(named: string | null, cwd: string): string {
  const own = projectAround(named, cwd);
  if (own !== undefined) return own;
  if (named !== null) return resolve(cwd, named);
  const nested = foldersFrom(cwd)
    .map((folder) => join(folder, 'project'))
    .find((folder) => isFile(join(folder, PROJECT_FILE)));
  return nested ?? cwd;
}

/** The project one is in, or the one named; undefined where there is none. */
export function projectAround(named: string | null, cwd: string): string | undefined {
  const folders = named === null ? foldersFrom(cwd) : [resolve(cwd, named)];
  return folders.find((folder) => isFile(join(folder, PROJECT_FILE)));
}

/**
 * Folders that may hold profiles.yml, first choice first. A named folder is the only one. Otherwise dbt's two (the current
 * folder, `~/.dbt`), then the project's own, its `profiles/`, and `profiles/` beside it.
 */
export function profilesDirs(named: string | null, cwd: string, projectDir: string, env: Environment): string[] {
  if (named !== null) return [resolve(cwd, named)];
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const all = [
    cwd,
    join(home, '.dbt'),
    projectDir,
    join(projectDir, 'profiles'),
    join(dirname(projectDir), 'profiles'),
  ];
  return [...new Set(all)];
}

function foldersFrom(start: string): string[] {
  const folders = [start];
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}
