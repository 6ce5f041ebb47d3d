import {
  type ContextEnvironment,
  createMacroLibrary,
  type Dialect,
  explainTemplateError,
  type MacroCall,
  type MacroLibrary,
} from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import type { MacroNode } from '../../model/index.ts';
import type { Keeping } from '../cache/keeping.ts';
import { sha1 } from '../digest.ts';
import { readSource } from '../files/source.ts';
import { addOnce, sameName } from '../found.ts';
import { Problems } from '../problems.ts';
import type { Files } from '../reading.ts';
import type { Found, Writable } from '../types.ts';
import { indexedBlocks, kindOf, type ReadBlock } from './indexed.ts';
import { type MacroBlock, macroNode, readMacros } from './read.ts';

interface LoadedMacros {
  readonly library: MacroLibrary;
  /** Of built-in macros that were read ahead, by unique id. */
  readonly calls: ReadonlyMap<string, readonly MacroCall[]>;
  readonly macroLines: Readonly<Record<string, number>>;
}

/** Reads the macros of the built-in packages and of all files, and makes the library that finds them by name. */
export function loadMacros(
  files: Files,
  found: Found,
  environment: ContextEnvironment,
  problems: Problems,
  createdAt: number,
  { parts }: Keeping,
): LoadedMacros {
  const lines: Record<string, number> = {};
  const read = (text: string, kind: 'macro' | 'generic test', file: string): readonly MacroBlock[] =>
    parts.of(['macros', kind, text], () => readMacros(text, kind, file));
  const calls = new Map<string, readonly MacroCall[]>();
  for (const source of environment.dialect.builtinMacros()) {
    const blocks: readonly ReadBlock[] =
      source.indexed === undefined ? read(source.contents, kindOf(source.file), source.file) : indexedBlocks(source);
    for (const block of blocks) {
      const node = macroNode(block, source, createdAt);
      found.macros.set(node.unique_id, node);
      lines[node.unique_id] = block.line;
      if (block.calls !== undefined) calls.set(node.unique_id, block.calls);
    }
  }
  for (const kind of ['macro', 'generic test'] as const) {
    for (const entry of files.of(kind)) {
      problems.attempt(() => {
        const source = readSource(entry);
        for (const block of read(source.text, kind, files.shown(entry))) {
          const node = macroNode(block, entry, createdAt);
          const line = block.line + source.skippedLines;
          const at = { file: files.shown(entry), line, col: 1 };
          addOnce(found.macros, node.unique_id, node, (before) => sameName(node, before, at));
          found.places.set(node.unique_id, () => at);
          lines[node.unique_id] = line;
        }
      });
    }
  }
  const library = createMacroLibrary({
    macros: Object.fromEntries(found.macros),
    rootPackage: environment.rootPackage,
    packages: environment.packages,
    dialect: environment.dialect,
    flags: environment.flags,
    firstLineOf: (uniqueId) => lines[uniqueId],
  });
  return { library, macroLines: lines, calls };
}

/** Works out `depends_on.macros` of every macro, once all are known. */
export function linkMacros(
  found: Found,
  { library, macroLines, calls }: LoadedMacros,
  dialect: Dialect,
  problems: Problems,
  { parts, fingerprint }: Keeping,
): void {
  // Which macro a name leads to depends on all names there are, and on dispatch.
  const names = sha1([fingerprint, ...found.macros.keys()].join('\0'));
  for (const macro of found.macros.values()) {
    const place = found.places.get(macro.unique_id);
    // A dispatch in a built-in macro may have no answer for this database; it only matters to who calls it.
    const ownProblems = dialect.internalPackages.includes(macro.package_name) ? new Problems() : problems;
    const lines = (macroLines[macro.unique_id] ?? 1) - 1;
    ownProblems.attempt(() => {
      const known = calls.get(macro.unique_id);
      const make = () => dependencies(macro, library, place?.().file, lines);
      macro.depends_on = {
        macros:
          known === undefined
            ? parts.of(['macro', names, macro.unique_id, macro.macro_sql], make)
            : library.dependenciesOf(macro.macro_sql, macro.package_name, known),
      };
    }, place);
  }
}

function dependencies(
  macro: Writable<MacroNode>,
  library: MacroLibrary,
  file: string | undefined,
  linesBefore: number,
): readonly string[] {
  try {
    return library.dependenciesOf(macro.macro_sql, macro.package_name);
  } catch (error) {
    const explained = explainTemplateError(error, file);
    const { code, message, at, hint, cause } = explained;
    if (at === undefined) throw explained;
    throw new TsdbtError({ code, message, hint, cause, at: { ...at, line: at.line + linesBefore } });
  }
}
