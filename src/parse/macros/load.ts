import { type ContextEnvironment, createMacroLibrary, type Dialect, type MacroLibrary } from '../../context/index.ts';
import { readSource } from '../files/source.ts';
import { addOnce, sameName } from '../found.ts';
import { Problems } from '../problems.ts';
import type { Files } from '../reading.ts';
import type { Found } from '../types.ts';
import { macroNode, readMacros } from './read.ts';

interface LoadedMacros {
  readonly library: MacroLibrary;
  readonly macroLines: Readonly<Record<string, number>>;
}

/** Reads the macros of the built-in packages and of all files, and makes the library that finds them by name. */
export function loadMacros(
  files: Files,
  found: Found,
  environment: ContextEnvironment,
  problems: Problems,
  createdAt: number,
): LoadedMacros {
  const lines: Record<string, number> = {};
  for (const source of environment.dialect.builtinMacros()) {
    const kind = source.file.startsWith('tests/') ? 'generic test' : 'macro';
    for (const block of readMacros(source.contents, kind, source.file)) {
      const node = macroNode(block, source, createdAt);
      found.macros.set(node.unique_id, node);
      lines[node.unique_id] = block.line;
    }
  }
  for (const kind of ['macro', 'generic test'] as const) {
    for (const entry of files.of(kind)) {
      problems.attempt(() => {
        const source = readSource(entry);
        for (const block of readMacros(source.text, kind, files.shown(entry))) {
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
  return { library, macroLines: lines };
}

/** Works out `depends_on.macros` of every macro, once all are known. */
export function linkMacros(found: Found, library: MacroLibrary, dialect: Dialect, problems: Problems): void {
  for (const macro of found.macros.values()) {
    // A dispatch in a built-in macro may have no answer for this database; it only matters to who calls it.
    const ownProblems = dialect.internalPackages.includes(macro.package_name) ? new Problems() : problems;
    ownProblems.attempt(() => {
      macro.depends_on = { macros: library.dependenciesOf(macro.macro_sql, macro.package_name) };
    }, found.places.get(macro.unique_id));
  }
}
