import { join } from 'node:path';
import { type ContextEnvironment, createMacroLibrary } from '../context/index.ts';
import { type TsdbtError, throwProblems } from '../error/index.ts';
import type { Manifest } from '../model/index.ts';
import { pythonJson } from '../util/python-json.ts';
import { fingerprint } from './cache/fingerprint.ts';
import type { Keeping } from './cache/keeping.ts';
import { type KeptResult, readKeptManifest, type WritableResult, writeKeptManifest } from './cache/kept-manifest.ts';
import { Parts } from './cache/parts.ts';
import { isUnchanged, stampsOf } from './cache/stamps.ts';
import { hashesOf, haveSameValues, watched } from './cache/variables.ts';
import { allFiles } from './files/all.ts';
import { assemble, manifestMetadata } from './manifest/assemble.ts';
import { countsOf } from './manifest/counts.ts';
import { manifestSelectors } from './manifest/selectors.ts';
import { writtenManifest } from './manifest/text.ts';
import { Problems, sortProblems } from './problems.ts';
import { readEverything } from './read-everything.ts';
import type { Files } from './reading.ts';
import { deprecationWarnings, hasDeprecationDate } from './resolve/deprecated.ts';
import { resolveEverything } from './resolve/everything.ts';
import { semanticManifest } from './semantic/semantic-manifest.ts';
import type { ParseInput, ParseResult } from './types.ts';

/**
 * Reads all files of a project and its packages into a manifest, or takes the one of last time where nothing changed that
 * it depends on. All problems are gathered, sorted by file, and thrown as one: TSD1002, TSD1101 to TSD1103, TSD2001 to
 * TSD2003, each with its place.
 */
export async function parseProject({ project, environment }: ParseInput): Promise<ParseResult> {
  const files = allFiles([project.root, ...project.packages], project.flags, process.cwd());
  const folder = join(project.statePath, 'parse');
  const print = fingerprint(project, environment);
  const mayRead = project.flags.partial_parse !== false;
  const kept = mayRead ? readKept(join(folder, MANIFEST), print, files, environment) : undefined;
  if (kept !== undefined) return revived(kept, { project, environment, filesRead: 0 });
  // Files that change while they are read must not pass for what was read.
  const writtenAt = Date.now();
  const stamps = stampsOf(files.all());
  const { env, asked } = watched(environment.env);
  const parts = new Parts(join(folder, PARTS), mayRead);
  const input = { project, environment: { ...environment, env } };
  const result = parsed(input, files, { parts, fingerprint: print });
  keep(() => {
    const variables = hashesOf(asked, environment.env);
    writeKeptManifest(join(folder, MANIFEST), { fingerprint: print, writtenAt, stamps, variables }, result);
    parts.write();
  }, environment);
  return revived(result, { project, environment, filesRead: parts.made });
}

const MANIFEST = 'manifest.cache';
const PARTS = 'parts.cache';

function parsed(input: ParseInput, files: Files, keeping: Keeping): WritableResult {
  const reading = readEverything(input, files, keeping);
  const resolving = { ...reading, problems: new Problems() };
  resolveEverything(resolving);
  throwProblems(sortProblems([...reading.problems.errors, ...independent(resolving.problems, reading.problems)]));
  const warnings = [...reading.problems.warnings, ...resolving.problems.warnings];
  const manifest = assemble(reading.found, input.project, input.environment);
  const hasDeprecations = Object.values(manifest.nodes).some(hasDeprecationDate);
  return {
    summary: {
      warnings,
      counts: countsOf(manifest),
      semantics: pythonJson(semanticManifest(manifest)),
      hasDeprecations,
    },
    ...writtenManifest(manifest),
    macroLines: reading.macroLines,
    manifest: () => manifest,
  };
}

/** What is missing may be what could not be read: it is only told where all could. */
function independent(later: Problems, before: Problems): readonly TsdbtError[] {
  return before.errors.length === 0 ? later.errors : later.errors.filter((problem) => problem.code !== 'TSD1103');
}

function readKept(path: string, print: string, files: Files, environment: ContextEnvironment): KeptResult | undefined {
  return readKeptManifest(
    path,
    ({ fingerprint, variables, stamps, writtenAt }) =>
      fingerprint === print &&
      haveSameValues(variables, environment.env) &&
      isUnchanged(files.all(), stamps, writtenAt),
  );
}

/** A cache that cannot be written costs time, nothing else. */
function keep(write: () => void, { emit }: ContextEnvironment): void {
  try {
    write();
  } catch (error) {
    const msg = `The parse cache could not be written: ${error instanceof Error ? error.message : String(error)}`;
    emit({ name: 'Note', data: { msg }, level: 'debug' });
  }
}

/** The result of a parse with what is this invocation's own. */
function revived(
  kept: KeptResult,
  { project, environment, filesRead }: ParseInput & Pick<ParseResult, 'filesRead'>,
): ParseResult {
  const { summary, text, macroLines } = kept;
  const own = {
    metadata: manifestMetadata(project, environment),
    selectors: manifestSelectors(project.selectors),
  };
  const manifest = once((): Manifest => ({ ...kept.manifest(), ...own }));
  const library = once(() =>
    createMacroLibrary({
      macros: manifest().macros,
      rootPackage: environment.rootPackage,
      packages: environment.packages,
      dialect: environment.dialect,
      flags: environment.flags,
      firstLineOf: (uniqueId) => macroLines[uniqueId],
    }),
  );
  const dated = summary.hasDeprecations ? deprecationWarnings(manifest(), project.invocation.now) : [];
  return {
    get manifest() {
      return manifest();
    },
    get library() {
      return library();
    },
    warnings: [...summary.warnings, ...dated],
    counts: summary.counts,
    written: { own, text, semantics: summary.semantics },
    filesRead,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
