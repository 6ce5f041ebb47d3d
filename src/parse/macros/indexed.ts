import { type MacroCall, macroCalls } from '../../context/index.ts';
import type { IndexedMacro, SourceFile } from '../../model/index.ts';
import { type MacroBlock, readMacros } from './read.ts';

/** A macro with its calls, where these are known without reading it. */
export interface ReadBlock extends MacroBlock {
  readonly calls?: readonly MacroCall[];
}

/** The macros of a built-in file that the build has read. */
export function indexedBlocks({ contents, indexed = [] }: SourceFile): readonly ReadBlock[] {
  return indexed.map(({ from, to, ...block }) => ({ ...block, sql: contents.slice(from, to) }));
}

/** For the build: reads the macros of a file ahead. */
export function indexMacros(contents: string, file: string): readonly IndexedMacro[] {
  return readMacros(contents, kindOf(file), file).map(({ sql, ...block }) => {
    const from = contents.indexOf(sql);
    return { ...block, from, to: from + sql.length, calls: [...macroCalls(sql)] };
  });
}

export function kindOf(file: string): 'macro' | 'generic test' {
  return file.startsWith('tests/') ? 'generic test' : 'macro';
}
