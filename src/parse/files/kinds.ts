import type { Flags, Package } from '../../model/index.ts';

/** What a file is read as. One file may be several, such as a .sql under tests/generic. */
export type FileKind =
  | 'macro'
  | 'generic test'
  | 'model'
  | 'snapshot'
  | 'analysis'
  | 'singular test'
  | 'seed'
  | 'docs'
  | 'fixture'
  | 'function'
  | 'schema';

export interface Search {
  readonly kind: FileKind;
  readonly folders: readonly string[];
  readonly extensions: readonly string[];
}

/** Where dbt looks for what, in the order in which it reads. */
export function searchesOf(pack: Package, flags: Flags): readonly Search[] {
  const { paths } = pack;
  const sql = aliases('.sql', flags);
  const source = unique([
    paths.model,
    paths.seed,
    paths.snapshot,
    paths.analysis,
    paths.macro,
    paths.test,
    paths.function,
  ]);
  return [
    { kind: 'macro', folders: paths.macro, extensions: sql },
    { kind: 'generic test', folders: paths.test.map((path) => `${path}/generic`), extensions: sql },
    { kind: 'model', folders: paths.model, extensions: ['.py', ...sql] },
    { kind: 'snapshot', folders: paths.snapshot, extensions: sql },
    { kind: 'analysis', folders: paths.analysis, extensions: sql },
    { kind: 'singular test', folders: paths.test, extensions: sql },
    { kind: 'seed', folders: paths.seed, extensions: ['.csv'] },
    { kind: 'docs', folders: docsFolders(pack, source), extensions: aliases('.md', flags) },
    { kind: 'fixture', folders: paths.test.map((path) => `${path}/fixtures`), extensions: ['.csv', ...sql] },
    { kind: 'function', folders: paths.function, extensions: sql },
    { kind: 'schema', folders: source, extensions: ['.yml', '.yaml'] },
  ];
}

function docsFolders(pack: Package, source: readonly string[]): readonly string[] {
  return pack.paths.docs.length > 0 ? pack.paths.docs : source;
}

function aliases(extension: string, flags: Flags): readonly string[] {
  if (flags.allow_jinja_file_extensions !== true) return [extension];
  return [extension, ...['.j2', '.jinja2', '.jinja'].map((more) => extension + more)];
}

function unique(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
