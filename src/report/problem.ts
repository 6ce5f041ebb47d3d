import type { NodeProblem } from '../model/index.ts';

export type { NodeProblem } from '../model/index.ts';

/** `models/a.sql:14:9`; only the file where the line is not known. */
export function problemPlace({ file, line, col }: NodeProblem): string {
  if (line === 0) return file;
  return col > 0 ? `${file}:${line}:${col}` : `${file}:${line}`;
}
