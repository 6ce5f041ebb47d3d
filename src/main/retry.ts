import { relative, resolve } from 'node:path';
import type { RunResultsFile } from '../artifacts/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { BatchesBefore } from '../execute/index.ts';
import type { Project, RunResult } from '../model/index.ts';
import { type Data, isDataMap } from '../util/data.ts';
import type { TimeWindow } from '../util/time-window.ts';
import { clone } from './clone.ts';
import { docsGenerate } from './docs-generate.ts';
import { readProject } from './open-project.ts';
import { operation } from './operation.ts';
import type { Request } from './request.ts';
import { run } from './run.ts';

/** What the earlier command was told of its surroundings: a retry has surroundings of its own. */
const SURROUNDINGS = [
  ...['log_path', 'output_path', 'profiles_dir', 'project_dir', 'defer_state', 'target_path', 'warn_error'],
  ...['which', 'invocation_command', 'show'],
];
/** The earlier command's options that the command line may replace. */
const REPLACEABLE = ['vars', 'threads'];
/** Options that would change what is built; the earlier command's hold. */
const FIXED = ['target', 'profile', 'defer', 'favor_state', 'fail_fast', 'indirect_selection'];
/** Said when the project is read, which a retry does twice: for its own options, then for the earlier command's. */
const HEADLINES = new Set(['MainReportVersion', 'MainReportArgs']);
const AGAIN = new Set(['error', 'fail', 'skipped', 'runtime error', 'partial success']);

type Runner = (request: Request) => Promise<number>;

const RUNNERS: Readonly<Record<string, Runner>> = {
  ...Object.fromEntries(['build', 'run', 'test', 'seed', 'snapshot', 'compile'].map((which) => [which, run])),
  clone,
  'docs generate': docsGenerate,
  'run-operation': (request) => operation(request, String(request.given['macro'] ?? '')),
};

/**
 * `retry`: the command of run_results.json once more, with its options, for the nodes that failed or were skipped.
 * Throws TSD9002 where there are no results, TSD9001 for a command or an option that cannot be taken up again.
 */
export async function retry(request: Request): Promise<number> {
  const emit: Request['emit'] = (event) => {
    if (HEADLINES.has(event.name)) request.emit(event);
  };
  let ownLog: Parameters<Request['opened']>[1] | undefined;
  const opened: Request['opened'] = (root, log, flags) => {
    ownLog = log;
    request.opened(root, log, flags);
  };
  const project = await readProject({ ...request, emit, opened });
  const { results, args } = await previousRun(project);
  // dbt's artifacts name this command by its last word.
  const which = args['which'] === 'generate' ? 'docs generate' : String(args['which']);
  const runner = RUNNERS[which];
  if (runner === undefined) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: `The last results are those of '${which}', which cannot be retried`,
      hint: `Commands that can: ${Object.keys(RUNNERS).join(', ')}.`,
    });
  }
  checkFixed(request.given, args);
  const again = results.filter((result) => isToRetry(result, which, project.flags['warn_error'] === true));
  return runner({
    ...request,
    which,
    given: optionsAgain(request.given, args),
    retried: { ids: new Set(again.map(({ unique_id }) => unique_id)), batches: batchesOf(again) },
    emit: (event) => {
      if (!HEADLINES.has(event.name)) request.emit(event);
    },
    // The log stays where the retry was told; which warnings are errors is as the command before had it.
    opened: (root, log, flags) => request.opened(root, ownLog ?? log, flags),
  });
}

async function previousRun({ root, targetPath, flags }: Project): Promise<RunResultsFile> {
  const { readRunResults } = await import('../artifacts/index.ts');
  const folder = flags['state'] == null ? targetPath : resolve(root.root, String(flags['state']));
  const found = readRunResults(folder);
  if (found !== undefined) return found;
  throw new TsdbtError({
    code: 'TSD9002',
    message: `Could not find previous run in '${relative(root.root, folder)}' target directory`,
    hint: 'retry reads run_results.json of the last run: run something first, or name its folder with --state.',
  });
}

/** Hooks run with every command anyway. With `--warn-error` a warning is a failure. */
function isToRetry({ status, unique_id }: RunResult, which: string, warnError: boolean): boolean {
  if (which !== 'run-operation' && unique_id.startsWith('operation.')) return false;
  return AGAIN.has(status) || (warnError && status === 'warn');
}

/** A model of which some batches are built goes on with the others; one of which none is begins anew. */
function batchesOf(results: readonly RunResult[]): ReadonlyMap<string, BatchesBefore> {
  const batches = new Map<string, BatchesBefore>();
  for (const { unique_id, batch_results } of results) {
    const before = { successful: windows(batch_results, 'successful'), failed: windows(batch_results, 'failed') };
    if (before.successful.length > 0 && before.failed.length > 0) batches.set(unique_id, before);
  }
  return batches;
}

function windows(batches: Data, which: string): TimeWindow[] {
  const pairs = isDataMap(batches) ? batches[which] : undefined;
  if (!Array.isArray(pairs)) return [];
  return pairs.map(([start, end]) => ({ start: new Date(String(start)), end: new Date(String(end)) }));
}

function checkFixed(given: Request['given'], args: Readonly<Record<string, Data>>): void {
  for (const name of FIXED) {
    // What was false is not recorded for every flag.
    if (given[name] === undefined || String(given[name]) === String(args[name] ?? false)) continue;
    throw new TsdbtError({
      code: 'TSD9001',
      message: `--${name.replaceAll('_', '-')} of the command before cannot be changed in a retry`,
      hint: 'Only --vars and --threads can; for anything else run the command itself.',
    });
  }
}

function optionsAgain(given: Request['given'], args: Readonly<Record<string, Data>>): Request['given'] {
  const earlier = Object.entries(args).filter(([name, value]) => !SURROUNDINGS.includes(name) && !isEmpty(value));
  const own = Object.entries(given).filter(([name]) => SURROUNDINGS.includes(name) || REPLACEABLE.includes(name));
  return Object.fromEntries([...earlier, ...own]);
}

/** Lists without members, alone or in a map: the same as an option that was not given. */
function isEmpty(value: Data): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || (typeof value === 'object' && Object.values(value).every((one) => isEmpty(one as Data)));
}
