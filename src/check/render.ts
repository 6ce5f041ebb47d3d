import type { At } from '../error/index.ts';
import { type Changes, changesMarkdown, changesText } from './changes/render-changes.ts';
import { sarif } from './sarif.ts';
import type { CheckResult, Finding } from './types.ts';

export type CheckOutput = 'text' | 'concise' | 'json' | 'markdown' | 'github' | 'sarif';

export interface CheckSummary {
  readonly result: CheckResult;
  /** unique_ids the user asked about. */
  readonly chosen: ReadonlySet<string>;
  readonly seconds: number;
  /** With `--state`. */
  readonly changes?: Changes | undefined;
  /** Text of a file, for the excerpt. */
  excerptOf(finding: Finding): string | undefined;
}

/** What was found, in the form asked for. */
export function renderCheck(output: CheckOutput, summary: CheckSummary): string {
  const { changes } = summary;
  const { findings } = summary.result;
  switch (output) {
    case 'json':
      return JSON.stringify(asJson(summary), undefined, 2);
    case 'github':
      return findings.map(annotation).join('\n');
    case 'concise':
      return findings.map((f) => `${placeOf(f.at)}: ${f.severity}[${f.code}] ${f.subject}: ${f.message}`).join('\n');
    case 'markdown':
      return [findingsMarkdown(findings), ...(changes === undefined ? [] : ['', changesMarkdown(changes)])].join('\n');
    case 'sarif':
      return JSON.stringify(sarif(findings), undefined, 2);
    default:
      return [
        headline(summary),
        ...findings.map((finding) => block(finding, summary)),
        ...(changes === undefined ? [] : [changesText(changes)]),
        ending(summary),
      ].join('\n');
  }
}

function findingsMarkdown(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'tsdbt check: no problems.';
  const lines = findings.map(
    (f) => `- **${f.severity}** \`${f.code}\` ${f.subject}: ${f.message} (\`${placeOf(f.at)}\`)`,
  );
  return ['### tsdbt check', '', ...lines].join('\n');
}

function asJson({ result, chosen, seconds, changes }: CheckSummary) {
  const nodes = [...result.nodes]
    .filter(([id]) => chosen.has(id))
    .map(([unique_id, { state, columns }]) => ({ unique_id, state, columns }));
  return {
    findings: result.findings.map(({ uniqueId, ...f }) => ({ ...f, unique_id: uniqueId })),
    nodes,
    seconds,
    changes,
  };
}

function headline({ result, chosen, seconds }: CheckSummary): string {
  const models = [...result.nodes].filter(([id]) => chosen.has(id) && id.startsWith('model.'));
  const columns = models.reduce((sum, [, { columns }]) => sum + columns.length, 0);
  const time = `${seconds.toFixed(1)}s`;
  return `Checked ${count(models.length, 'model')}, ${count(columns, 'column')} in ${time} with the embedded engine, no warehouse`;
}

function ending({ result, chosen }: CheckSummary): string {
  const errors = result.findings.filter(({ severity }) => severity === 'error').length;
  const warnings = result.findings.length - errors;
  const unknown = [...result.nodes].filter(([id, { state }]) => chosen.has(id) && state === 'unknown');
  const names = unknown.map(([id]) => id.split('.').slice(2).join('.'));
  const lines = names.length === 0 ? [] : [`${count(names.length, 'node')} unknown, not checked: ${names.join(', ')}`];
  const problems = `${count(result.findings.length, 'problem')} (${count(errors, 'error')}, ${count(warnings, 'warning')})`;
  return [...lines, result.findings.length === 0 ? 'No problems' : problems].join('\n');
}

function block(finding: Finding, summary: CheckSummary): string {
  const { severity, code, subject, message, at, hint } = finding;
  return [
    `${severity}[${code}] ${subject}: ${message}   ${placeOf(at)}`,
    ...excerpt(at, summary.excerptOf(finding)),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
  ].join('\n');
}

/** The line with a caret under the place, and the line before it. */
function excerpt(at: At, contents: string | undefined): string[] {
  const lines = contents?.split('\n') ?? [];
  if (at.col === 0 || lines[at.line - 1] === undefined) return [];
  const width = String(at.line).length;
  const shown = [at.line - 1, at.line].filter((line) => line >= 1);
  return [
    ...shown.map((line) => `  ${String(line).padStart(width)} | ${lines[line - 1]}`),
    `  ${' '.repeat(width)} | ${lines[at.line - 1]!.slice(0, at.col - 1).replace(/[^\t]/g, ' ')}^`,
  ];
}

function placeOf(at: At): string {
  return at.col > 0 ? `${at.file}:${at.line}:${at.col}` : `${at.file}:${at.line}`;
}

/** GitHub's workflow command: an annotation on the line of the file. */
function annotation({ severity, code, subject, message, at, hint }: Finding): string {
  const escaped = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text: string): string => escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const place = `file=${property(at.file)},line=${at.line}${at.col > 0 ? `,col=${at.col}` : ''}`;
  const text = `${subject}: ${message}${hint === undefined ? '' : `\n${hint}`}`;
  return `::${severity === 'error' ? 'error' : 'warning'} ${place},title=${property(code)}::${escaped(text)}`;
}

function count(n: number, word: string): string {
  return `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`;
}
