import { type At, isTsdbtError, type TsdbtError } from '../error/index.ts';
import { excerpt, type Reporter, withColumn } from '../report/index.ts';

export interface ErrorSettings {
  readonly debug: boolean;
  /** The project's folder: places are relative to it. */
  readonly root: string;
}

/** Says what stopped the command: message, place with an excerpt, hint. Each problem of a gathered error in turn. */
export function showError(error: unknown, reporter: Reporter, settings: ErrorSettings): void {
  const exc = isTsdbtError(error)
    ? problemsOf(error)
        .map((one) => describe(one, settings.root))
        .join('\n\n')
    : unexpected(error, settings.debug);
  reporter.emit({ name: 'MainEncounteredError', data: { exc } });
}

function problemsOf(error: TsdbtError): readonly TsdbtError[] {
  return error.problems.length > 0 ? error.problems : [error];
}

function describe(error: TsdbtError, root: string): string {
  const lines = [`${kindOf(error.code)} [${error.code}]`, indent(error.message)];
  if (error.at !== undefined) {
    const at = error.code.startsWith('TSD2') ? withColumn(error.at, root, error.message) : error.at;
    lines.push(`  at ${placeOf(at)}`, ...excerpt(at, root));
  }
  if (error.hint !== undefined) lines.push(`  hint: ${error.hint}`);
  return lines.join('\n');
}

/** dbt's names of error kinds, which tools match on. */
function kindOf(code: string): string {
  if (code === 'TSD1004' || code === 'TSD2006') return 'Runtime Error';
  if (/^TSD(?:10|11)/.test(code)) return 'Parsing Error';
  if (code.startsWith('TSD2')) return 'Compilation Error';
  if (code === 'TSD3001' || code === 'TSD3002') return 'Database Error';
  return code.startsWith('TSD9') ? 'Usage Error' : 'Runtime Error';
}

function placeOf(at: At): string {
  return at.col > 0 ? `${at.file}:${at.line}:${at.col}` : `${at.file}:${at.line}`;
}

function unexpected(error: unknown, debug: boolean): string {
  const text = error instanceof Error ? error.message : String(error);
  return debug ? text : `${text}\n  hint: this is a fault of tsdbt's; run again with --debug and report what it shows`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
