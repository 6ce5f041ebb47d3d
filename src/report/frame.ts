import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { templateColumn } from '../util/template-column.ts';
import { type NodeProblem, problemPlace } from './problem.ts';
import type { Style } from './style.ts';

export interface FrameExtras {
  /** Nodes below that were not run for it. */
  readonly skipped: readonly string[];
  /** Whether the place is a link to the file. */
  readonly links: boolean;
}

/** A problem with its place in the file, as compilers show it. */
export function problemFrame(
  problem: NodeProblem,
  root: string,
  style: Style,
  { skipped, links }: FrameExtras = { skipped: [], links: false },
): string[] {
  const [first = '', ...rest] = problem.message.split('\n');
  const code = problem.code === undefined ? '' : `[${problem.code}]`;
  const placed = problem.code?.startsWith('TSD2') ? withColumn(problem, root, problem.message) : problem;
  const word = problem.severity === 'warn' ? style.yellow(`warning${code}`) : style.red(`error${code}`);
  return [
    `${word} ${problem.resourceType} ${problem.name}: ${first}`,
    ...rest.map((line) => `  ${line}`),
    `  at ${links ? linked(problemPlace(placed), resolve(root, placed.file)) : problemPlace(placed)}`,
    ...excerpt(placed, root),
    ...(problem.compiledPath === undefined ? [] : [`  compiled  ${problem.compiledPath}`]),
    ...(skipped.length === 0 ? [] : [`  skipped   ${skippedText(skipped)}`]),
    ...(problem.hint === undefined ? [] : [`  help      ${problem.hint}`]),
  ];
}

/** OSC 8: terminals that know it open the file. */
function linked(text: string, path: string): string {
  return `\u001b]8;;${pathToFileURL(path).href}\u001b\\${text}\u001b]8;;\u001b\\`;
}

/** `7 nodes downstream: mart_revenue, mart_ltv, + 5 more`. */
function skippedText(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, 3), names.length - 3];
  const what = `${names.length} node${names.length === 1 ? '' : 's'} downstream`;
  return `${what}: ${[...shown, ...(more > 0 ? [`+ ${more} more`] : [])].join(', ')}`;
}

/** A place in a file; `line` and `col` from 1, 0 where unknown. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** The place of a template's error with its column, which is looked for in the file. */
export function withColumn<T extends Place>(at: T, root: string, message: string): T {
  if (at.col > 0) return at;
  return { ...at, col: templateColumn(linesOf(at, root)[at.line - 1] ?? '', message) };
}

/** The line itself with two before and one after, and a caret where the column is known. Paths are relative to `root`. */
export function excerpt(at: Place, root: string): string[] {
  const lines = linesOf(at, root);
  const last = Math.min(lines.length, at.line + 1);
  const width = String(last).length;
  const shown: string[] = [];
  for (let line = Math.max(1, at.line - 2); line <= last; line++) {
    shown.push(`  ${String(line).padStart(width)} | ${lines[line - 1]}`.trimEnd());
    if (line === at.line && at.col > 0) shown.push(`  ${' '.repeat(width)} | ${' '.repeat(at.col - 1)}^`);
  }
  return shown;
}

function linesOf({ file, line }: Place, root: string): readonly string[] {
  // A profile may hold a password.
  if (line === 0 || basename(file) === 'profiles.yml') return [];
  try {
    return readFileSync(resolve(root, file), 'utf8').split('\n');
  } catch {
    return [];
  }
}
