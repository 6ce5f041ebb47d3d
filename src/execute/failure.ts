import { dbtErrorText, type Owner } from '../context/index.ts';
import { isTsdbtError } from '../error/index.ts';

/** dbt's text for a node that failed; then the line, where it is known, and what to do. */
export function failureMessage(error: unknown, node: Owner): string {
  const lines = [dbtErrorText(error, node)];
  if (!isTsdbtError(error)) return lines.join('\n');
  if (error.at !== undefined && error.at.line > 1) {
    lines.push(`  at ${error.at.file}:${error.at.line}${error.at.col > 0 ? `:${error.at.col}` : ''}`);
  }
  if (error.hint !== undefined) lines.push(`  hint: ${error.hint}`);
  return lines.join('\n');
}
