import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Flags, Package } from '../../model/index.ts';
import { ignoreRules } from './ignore.ts';
import { type FileKind, type Search, searchesOf } from './kinds.ts';
import { walk } from './walk.ts';

/** A file of a package, not yet read. */
export interface FileEntry {
  readonly kind: FileKind;
  readonly packageName: string;
  readonly root: string;
  /** The folder it was looked for in, as dbt_project.yml names it. */
  readonly searchedPath: string;
  /** Relative to `searchedPath`. */
  readonly path: string;
  /** Relative to the package: dbt's original_file_path. */
  readonly file: string;
  readonly absolute: string;
}

/** The name a resource takes from its file. */
export function nameOf(entry: FileEntry): string {
  return basename(entry.path)
    .replace(/\.(j2|jinja2?)$/, '')
    .replace(/\.[^.]+$/, '');
}

/** All files of a package by kind, in dbt's order of kinds, folders and extensions, then by name. */
export function discover(pack: Package, flags: Flags): readonly FileEntry[] {
  const listings = new Map<string, readonly string[]>();
  const listed = (folder: string): readonly string[] => {
    const known = listings.get(folder);
    const found = known ?? walk(join(pack.root, folder));
    if (known === undefined) listings.set(folder, found);
    return found;
  };
  const ignored = ignoreFile(pack.root);
  const entries = new Map<string, FileEntry>();
  for (const search of searchesOf(pack, flags)) {
    for (const entry of searched(pack, search, listed)) {
      if (!ignored(entry.file)) entries.set(`${entry.kind} ${entry.file}`, entry);
    }
  }
  return [...entries.values()];
}

function* searched(pack: Package, search: Search, listed: (folder: string) => readonly string[]): Generator<FileEntry> {
  for (const extension of search.extensions) {
    for (const searchedPath of search.folders) {
      for (const path of listed(searchedPath)) {
        if (!hasName(path, extension) || isElsewhere(search.kind, path)) continue;
        const file = join(searchedPath, path);
        yield {
          kind: search.kind,
          packageName: pack.name,
          root: pack.root,
          searchedPath,
          path,
          file,
          absolute: join(pack.root, file),
        };
      }
    }
  }
}

function hasName(path: string, extension: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.length > extension.length && name.toLowerCase().endsWith(extension) && !'.#~'.includes(name.charAt(0));
}

/** Generic tests and fixtures lie in the folder of the singular tests, but are none. */
function isElsewhere(kind: FileKind, path: string): boolean {
  return kind === 'singular test' && (path.startsWith('generic/') || path.startsWith('fixtures/'));
}

function ignoreFile(root: string): (file: string) => boolean {
  const path = join(root, '.dbtignore');
  return existsSync(path) ? ignoreRules(readFileSync(path, 'utf8')) : () => false;
}
