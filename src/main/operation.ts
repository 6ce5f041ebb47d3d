import { join } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import type { RunResult } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import { utcMicros } from '../util/time.ts';
import { readYaml } from '../util/yaml.ts';
import { inputOf } from './call-input.ts';
import { connect, type Database } from './database.ts';
import { inlineNode } from './inline-node.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { runGiven } from './run-given.ts';
import { writeManifests } from './run-nodes.ts';

/** `run-operation`: calls one macro of the project with a connection, or runs the statement of `--sql`. */
export async function operation(request: Request, macro: string | undefined): Promise<number> {
  const args = argumentsOf(request, macro);
  const session = await openProject({ ...request, given: { ...request.given, ...(macro ? { macro } : {}) } });
  if (macro) await requireMacro(session, macro);
  const database = await connect(session);
  const started = new Date();
  const caught = await tellerOf(session, macro);
  const base = { thread_id: 'MainThread', relation_name: null, compiled: false, compiled_code: null };
  try {
    const done = await runOrCall(session, database, macro, args, caught);
    await writeResult(session, started, { ...base, status: 'success', failures: 0, message: null, ...done });
    return 0;
  } catch (error) {
    if (request.interrupted.aborted) return 2;
    const message = caught(error);
    const unique_id = idOf(session, macro) ?? '';
    await writeResult(session, started, {
      ...base,
      status: 'error',
      failures: 1,
      message,
      unique_id,
      adapter_response: {},
    });
    return 1;
  } finally {
    await database.close();
  }
}

/** A macro that is not there needs no server. */
async function requireMacro(session: Session, macro: string): Promise<void> {
  const { operationMacro } = await import('../execute/index.ts');
  try {
    operationMacro(session.parsed.library, macro);
  } catch (error) {
    (await tellerOf(session, macro))(error);
    throw error;
  }
}

/** Tells of an error, once, in dbt's words for it; gives them. */
async function tellerOf(session: Session, macro: string | undefined): Promise<(error: unknown) => string> {
  const { operationErrorText } = await import('../context/index.ts');
  const { emit } = session.request;
  const owner = session.parsed.manifest.macros[idOf(session, macro) ?? ''];
  let told: unknown;
  return (error) => {
    const exc = operationErrorText(error, owner);
    if (error !== told) emit({ name: 'RunningOperationCaughtError', data: { exc } });
    told = error;
    return exc;
  };
}

async function runOrCall(
  session: Session,
  database: Database,
  macro: string | undefined,
  args: DataMap,
  refused: (error: unknown) => void,
): Promise<Done> {
  const input = await inputOf(session, database);
  if (macro) {
    const { runOperation } = await import('../execute/index.ts');
    const { uniqueId } = await runOperation(input, macro, args);
    return { unique_id: uniqueId, adapter_response: {} };
  }
  const node = await inlineNode(session.project.root.name, String(session.request.given['sql']));
  return { unique_id: node.unique_id, adapter_response: await runGiven(session, input, node, refused) };
}

type Done = Pick<RunResult, 'unique_id' | 'adapter_response'>;

function argumentsOf({ given }: Request, macro: string | undefined): DataMap {
  const { sql, args: text } = given;
  if (!macro && sql === undefined) throw refused('Either a macro name or --sql must be passed to run-operation');
  if (macro && sql !== undefined) throw refused('Cannot specify both a macro name and --sql for run-operation');
  const args = text === undefined ? {} : readYaml(String(text), '--args').data;
  if (!isDataMap(args)) {
    const hint = `Write it as YAML or JSON, for example: --args '{hours: 6}'`;
    throw new TsdbtError({
      code: 'TSD9001',
      message: '--args is not a mapping of argument names to values',
      hint,
    });
  }
  if (sql !== undefined && Object.keys(args).length > 0) {
    throw refused('--args cannot be used with --sql; pass arguments directly in the SQL');
  }
  return args;
}

const refused = (message: string): TsdbtError => new TsdbtError({ code: 'TSD9001', message });

function idOf({ parsed, project }: Session, macro: string | undefined): string | undefined {
  if (!macro) return `sql_operation.${project.root.name}.inline_query`;
  const [first = '', second] = macro.split('.');
  const found = Object.values(parsed.manifest.macros).filter(
    ({ name, package_name }) => name === (second ?? first) && (second === undefined || package_name === first),
  );
  const own = found.find(({ package_name }) => package_name === project.root.name);
  return (own ?? found[0])?.unique_id;
}

/** This command shows what is false too, and no maps but its arguments. */
function argsOf(flags: Readonly<Record<string, Data>>): DataMap {
  const shown = Object.entries(flags).filter(([name, value]) => {
    if (value === null || ['warn_error_options', 'require_event_names_in_deprecations'].includes(name)) return false;
    return name !== 'args' || (isDataMap(value) && Object.keys(value).length > 0);
  });
  return Object.fromEntries(shown);
}

/** manifest.json and run_results.json, as of a command with one node. */
async function writeResult(
  session: Session,
  started: Date,
  done: Omit<RunResult, 'timing' | 'execution_time' | 'batch_results' | 'overload_results'>,
): Promise<void> {
  const { project, parsed, request } = session;
  const ended = new Date();
  const elapsed = (ended.getTime() - started.getTime()) / 1000;
  const [a, b] = [utcMicros(started), utcMicros(ended)];
  const timing = [
    { name: 'compile' as const, started_at: a, completed_at: a },
    { name: 'execute' as const, started_at: a, completed_at: b },
  ];
  const results = [{ ...done, timing, execution_time: elapsed, batch_results: null, overload_results: null as Data }];
  request.ended?.(results);
  if (project.flags['write_json'] === false) return;
  const { writeRunResults } = await import('../artifacts/index.ts');
  const { env } = parsed.manifest.metadata;
  const args = argsOf(project.flags);
  await writeManifests(session, new Map());
  writeRunResults(project.targetPath, {
    invocation: project.invocation,
    results,
    elapsed,
    args,
    env,
  });
  const artifact_path = join(project.targetPath, 'run_results.json');
  request.emit({ name: 'ArtifactWritten', data: { artifact_type: 'RunResultsArtifact', artifact_path } });
}
