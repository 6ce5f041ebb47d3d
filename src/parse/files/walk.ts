import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths of all files under `folder`, relative to it, with `/`, in order of their names; a folder's own files come first.
 * As dbt walks: a linked file counts, a linked folder is entered only when it is `folder` itself.
 */
export function walk(folder: string): readonly string[] {
  const found: string[] = [];
  visit(folder, '', found);
  return found;
}

function visit(folder: string, prefix: string, found: string[]): void {
  const folders: string[] = [];
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory()) folders.push(entry.name);
    else if (entry.isFile() || (entry.isSymbolicLink() && isLinkedFile(join(folder, entry.name)))) {
      found.push(prefix + entry.name);
    }
  }
  for (const name of folders) visit(join(folder, name), `${prefix}${name}/`, found);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // A folder named in dbt_project.yml need not exist.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

function isLinkedFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
