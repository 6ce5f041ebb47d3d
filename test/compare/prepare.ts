import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PROJECTS, type PublicProject } from './projects.ts';

// What a copy leaves behind: other people's profiles and locks, whatever an earlier run made.
const LEFT_OUT = new Set(['.git', 'target', 'logs', 'dbt_packages', 'package-lock.yml', 'profiles.yml', '.tsdbt']);

/** A copy of a project below `folder/.compare`, with its packages linked and a profile that needs no server. Its path. */
export function prepare(folder: string, project: PublicProject): string {
  const copy = join(folder, '.compare', project.name, 'project');
  rmSync(copy, { recursive: true, force: true });
  cpSync(sourceOf(folder, project), copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  const text = readFileSync(join(copy, 'dbt_project.yml'), 'utf8');
  const profile = settingOf(text, 'profile') ?? 'compared';
  writeFileSync(join(copy, 'profiles.yml'), profileText(profile));
  if (settingOf(text, 'profile') === undefined)
    writeFileSync(join(copy, 'dbt_project.yml'), `${text}\nprofile: compared\n`);
  install(folder, project, copy, settingOf(text, 'packages-install-path') ?? 'dbt_packages');
  return copy;
}

/** Each package by a link: what is compared is parsing, and both tools find the same. */
function install(folder: string, { packages = [] }: PublicProject, copy: string, installPath: string): void {
  rmSync(join(copy, 'dependencies.yml'), { force: true });
  mkdirSync(join(copy, installPath), { recursive: true });
  const entries: string[] = [];
  for (const name of packages) {
    const source = sourceOf(folder, named(name));
    entries.push(`  - local: ${source}\n`);
    const text = readFileSync(join(source, 'dbt_project.yml'), 'utf8');
    symlinkSync(source, join(copy, installPath, settingOf(text, 'name') ?? name));
  }
  writeFileSync(join(copy, 'packages.yml'), entries.length === 0 ? '' : `packages:\n${entries.join('')}`);
}

export function sourceOf(folder: string, { repository, folder: below = '.' }: PublicProject): string {
  return join(folder, repository, below);
}

export const isThere = (folder: string, project: PublicProject): boolean =>
  [project, ...(project.packages ?? []).map(named)].every((each) =>
    existsSync(join(sourceOf(folder, each), 'dbt_project.yml')),
  );

function named(name: string): PublicProject {
  const found = PROJECTS.find((project) => project.name === name);
  if (found === undefined) throw new Error(`${name} is no project of the comparison`);
  return found;
}

function settingOf(text: string, key: string): string | undefined {
  return new RegExp(`^${key}:\\s*["']?([^"'#\\n]+?)["']?\\s*(?:#.*)?$`, 'm').exec(text)?.[1];
}

function profileText(profile: string): string {
  const output =
    "{type: clickhouse, host: 127.0.0.1, port: 1, user: default, password: '', schema: analytics, threads: 1}";
  return `${profile}:\n  target: dev\n  outputs:\n    dev: ${output}\n`;
}
