import { throwProblems } from '../error/index.ts';
import { assemble } from './manifest/assemble.ts';
import { sortProblems } from './problems.ts';
import { readEverything } from './read-everything.ts';
import { resolveEverything } from './resolve/everything.ts';
import type { ParseInput, ParseResult } from './types.ts';

/**
 * Reads all files of a project and its packages into a manifest. All problems are gathered, sorted by file, and thrown
 * as one: TSD1002, TSD1101 to TSD1103, TSD2001 to TSD2003, each with its place.
 */
export async function parseProject(input: ParseInput): Promise<ParseResult> {
  const reading = readEverything(input);
  throwProblems(sortProblems(reading.problems.errors));
  resolveEverything(reading);
  throwProblems(sortProblems(reading.problems.errors));
  const manifest = assemble(reading.found, input.project, input.environment);
  return { manifest, library: reading.library, warnings: reading.problems.warnings };
}
