import { appendFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Event } from '../../model/index.ts';
import type { Listener } from '../listener.ts';
import { type NodeProblem, problemPlace } from '../problem.ts';

export interface GithubOptions {
  readonly write: (text: string) => void;
  /** Takes secrets out of what goes to the job's page; `write` does so itself. */
  readonly hide: (text: string) => string;
  /** GITHUB_WORKSPACE: annotations name files from there. */
  readonly workspace: string;
  /** GITHUB_STEP_SUMMARY: a file to which Markdown is appended; undefined leaves it out. */
  readonly summary: string | undefined;
}

interface Run {
  readonly name: string;
  readonly seconds: number;
}

/** Annotations at the lines of the models, and a table on the page of the job. */
export function createGithub({ write, hide, workspace, summary }: GithubOptions): Listener {
  const problems: NodeProblem[] = [];
  const runs: Run[] = [];
  let stats: Readonly<Record<string, number>> | undefined;
  let root = workspace;
  return {
    opened(folder) {
      root = folder;
    },
    hear(event) {
      if (event.problem !== undefined) {
        problems.push(event.problem);
        write(`${annotation(event.problem, relative(workspace, resolve(root, event.problem.file)))}\n`);
      }
      if (event.name === 'NodeFinished') runs.push(runOf(event));
      if (event.name === 'StatsLine') stats = event.data['stats'] as Readonly<Record<string, number>>;
    },
    close() {
      if (summary !== undefined && stats !== undefined)
        appendFileSync(summary, hide(jobSummary(stats, problems, runs)));
    },
  };
}

function annotation(problem: NodeProblem, file: string): string {
  const place = [
    `file=${property(file)}`,
    ...(problem.line > 0 ? [`line=${problem.line}`] : []),
    ...(problem.col > 0 ? [`col=${problem.col}`] : []),
    `title=${property(problem.name)}`,
  ].join(',');
  const hint = problem.hint === undefined ? '' : `\n${problem.hint}`;
  return `::${problem.severity === 'warn' ? 'warning' : 'error'} ${place}::${escaped(problem.message + hint)}`;
}

/** The runner's own escapes: a line break would end the command. */
const escaped = (text: string): string =>
  text.trim().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function runOf({ data }: Event): Run {
  const info = data['node_info'] as { readonly node_name: string };
  const result = data['run_result'] as { readonly execution_time: number };
  return { name: info.node_name, seconds: result.execution_time };
}

function jobSummary(
  stats: Readonly<Record<string, number>>,
  problems: readonly NodeProblem[],
  runs: readonly Run[],
): string {
  const count = (key: string): number => stats[key] ?? 0;
  const lines = [
    '### tsdbt',
    '',
    '| pass | warn | error | skip | total |',
    '|--:|--:|--:|--:|--:|',
    `| ${['pass', 'warn', 'error', 'skip', 'total'].map(count).join(' | ')} |`,
  ];
  if (problems.length > 0) lines.push('', '| failed | where | why |', '|---|---|---|', ...problems.map(problemRow));
  const slowest = runs
    .filter(({ seconds }) => seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 5);
  if (slowest.length > 0) {
    lines.push('', '| slowest | seconds |', '|---|--:|');
    for (const { name, seconds } of slowest) lines.push(`| ${cell(name)} | ${seconds.toFixed(2)} |`);
  }
  return `${lines.join('\n')}\n\n`;
}

const cell = (text: string): string =>
  text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, '<br>');
const problemRow = (problem: NodeProblem): string =>
  `| ${cell(problem.name)} | ${cell(problemPlace(problem))} | ${cell(problem.message)} |`;
