import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../model/index.ts';

/** A macro file of a built-in package; `path` lies below the package's `macros` folder, with `/`. */
export interface BuiltinMacro {
  readonly packageName: string;
  readonly path: string;
  readonly contents: string;
}

/** Where the built-in packages lie below this folder. */
const FOLDERS: readonly (readonly [packageName: string, folder: string])[] = [
  ['dbt_clickhouse', 'clickhouse/macros'],
  ['dbt', 'macros'],
];

/** Reads all macro files below the adapter room's folder; the build writes them into one `macros.json`. */
export function collectMacros(adapterFolder: string): readonly BuiltinMacro[] {
  return FOLDERS.flatMap(([packageName, folder]) => {
    const root = join(adapterFolder, folder);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
    return files.sort().map((file) => ({
      packageName,
      path: file.split(sep).join('/'),
      contents: readFileSync(join(root, file), 'utf8'),
    }));
  });
}

let loaded: readonly SourceFile[] | undefined;

/** The built-in macros: from `macros.json` beside the bundle, else from the folders beside this file. */
export function builtinMacros(): readonly SourceFile[] {
  loaded ??= readMacros(fileURLToPath(new URL('.', import.meta.url)));
  return loaded;
}

function readMacros(here: string): readonly SourceFile[] {
  const joined = join(here, 'macros.json');
  const macros: readonly BuiltinMacro[] = existsSync(joined)
    ? (JSON.parse(readFileSync(joined, 'utf8')) as BuiltinMacro[])
    : collectMacros(here);
  return macros.map(({ packageName, path, contents }) => ({
    packageName,
    root: join(here, relative('.', packageName)),
    searchedPath: 'macros',
    path,
    file: `macros/${path}`,
    contents,
  }));
}
