import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IndexedMacro, SourceFile } from '../model/index.ts';

/** A macro file of a built-in package; `path` begins with `macros/` and has `/` between its parts. */
interface BuiltinMacro {
  readonly packageName: string;
  readonly path: string;
  readonly contents: string;
  readonly indexed?: readonly IndexedMacro[];
}

/** Where the built-in packages lie below this folder. */
const FOLDERS: readonly (readonly [packageName: string, folder: string])[] = [
  ['dbt', 'macros'],
  ['dbt_clickhouse', 'clickhouse/macros'],
];

let loaded: readonly SourceFile[] | undefined;

/** The built-in macros: from the `macros.json` the build writes, else from the folders beside this file. */
export function builtinMacros(): readonly SourceFile[] {
  loaded ??= readMacros(fileURLToPath(new URL('.', import.meta.url)));
  return loaded;
}

function readMacros(here: string): readonly SourceFile[] {
  // The bundle's chunks lie one level below macros.json.
  const joined = [join(here, 'macros.json'), join(here, '..', 'macros.json')].find((file) => existsSync(file));
  const macros = joined === undefined ? collect(here) : (JSON.parse(readFileSync(joined, 'utf8')) as BuiltinMacro[]);
  return macros.map(({ packageName, path, contents, indexed }) => ({
    packageName,
    root: join(here, packageName),
    searchedPath: 'macros',
    path: path.slice('macros/'.length),
    file: path,
    contents,
    ...(indexed && { indexed }),
  }));
}

function collect(here: string): readonly BuiltinMacro[] {
  return FOLDERS.flatMap(([packageName, folder]) => {
    const root = join(here, folder);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
    return files.sort().map((file) => ({
      packageName,
      path: `macros/${file.split(sep).join('/')}`,
      contents: readFileSync(join(root, file), 'utf8'),
    }));
  });
}
