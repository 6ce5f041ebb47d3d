import { isDatabaseError } from '../adapter/index.ts';
import { dbtErrorText, type Owner } from '../context/index.ts';
import { type At, isTsdbtError } from '../error/index.ts';

/** dbt's text for a node that failed; then the line, where it is known, and what to do. `sql` is the file with what was sent. */
export function failureMessage(error: unknown, node: Owner, place?: At, sql?: string): string {
  const lines = [dbtErrorText(error, node)];
  if (!isTsdbtError(error)) return lines.join('\n');
  const at = place ?? error.at;
  if (at !== undefined && (at.line > 1 || at.col > 0)) {
    lines.push(`  at ${at.file}:${at.line}${at.col > 0 ? `:${at.col}` : ''}`);
  }
  const hint = error.hint ?? (isDatabaseError(error) && sql !== undefined ? `The SQL that failed: ${sql}` : undefined);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.join('\n');
}
