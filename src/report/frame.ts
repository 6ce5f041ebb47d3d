import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type NodeProblem, problemPlace } from './problem.ts';
import type { Style } from './style.ts';

/** A problem with its place in the file, as compilers show it. */
export function problemFrame(problem: NodeProblem, root: string, style: Style): string[] {
  const [first = '', ...rest] = problem.message.split('\n');
  const code = problem.code === undefined ? '' : `[${problem.code}]`;
  const word = problem.severity === 'warn' ? style.yellow(`warning${code}`) : style.red(`error${code}`);
  return [
    `${word} ${problem.resourceType} ${problem.name}: ${first}`,
    ...rest.map((line) => `  ${line}`),
    `  at ${problemPlace(problem)}`,
    ...excerpt(problem, root),
    ...(problem.hint === undefined ? [] : [`  help  ${problem.hint}`]),
  ];
}

/** The line itself with two before and one after, and a caret where the column is known. Paths are relative to `root`. */
export function excerpt(at: { file: string; line: number; col: number }, root: string): string[] {
  if (at.line === 0) return [];
  let lines: string[];
  try {
    lines = readFileSync(resolve(root, at.file), 'utf8').split('\n');
  } catch {
    return [];
  }
  const last = Math.min(lines.length, at.line + 1);
  const width = String(last).length;
  const shown: string[] = [];
  for (let line = Math.max(1, at.line - 2); line <= last; line++) {
    shown.push(`  ${String(line).padStart(width)} | ${lines[line - 1]}`.trimEnd());
    if (line === at.line && at.col > 0) shown.push(`  ${' '.repeat(width)} | ${' '.repeat(at.col - 1)}^`);
  }
  return shown;
}
