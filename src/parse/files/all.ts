import { join, relative } from 'node:path';
import type { Flags, Package } from '../../model/index.ts';
import type { Files } from '../reading.ts';
import { discover, type FileEntry } from './discover.ts';
import type { FileKind } from './kinds.ts';

export function allFiles(packages: readonly Package[], flags: Flags, cwd: string): Files {
  const byKind = new Map<FileKind, FileEntry[]>();
  for (const pack of packages) {
    for (const entry of discover(pack, flags)) {
      const entries = byKind.get(entry.kind) ?? [];
      entries.push(entry);
      byKind.set(entry.kind, entries);
    }
  }
  return {
    of: (kind) => byKind.get(kind) ?? [],
    all: () => [...[...byKind.values()].flat(), ...packages.map(projectFile)],
    shown: (entry) => relative(cwd, entry.absolute) || entry.absolute,
  };
}

/** dbt_project.yml as the file its hooks are written in. */
export function projectFile(pack: Package): FileEntry {
  const file = 'dbt_project.yml';
  return {
    kind: 'schema',
    packageName: pack.name,
    root: pack.root,
    searchedPath: '.',
    path: file,
    file,
    absolute: join(pack.root, file),
  };
}
