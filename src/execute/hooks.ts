import type { NodeSession } from '../adapter/index.ts';
import { runAsync, type Value } from '../context/index.ts';
import type { Node, OperationNode, RunResult } from '../model/index.ts';
import { utcMicros } from '../util/time.ts';
import { failureMessage } from './failure.ts';
import { nodeInfo } from './node-info.ts';
import { openSession } from './session.ts';
import type { ExecuteInput } from './types.ts';

export type HookMoment = 'on-run-start' | 'on-run-end';

/** Runs the project's hooks of one moment in dbt's order: packages by name, the root project last, then as written. */
export async function runHooks(
  input: ExecuteInput,
  moment: HookMoment,
  extras: ReadonlyMap<string, Value>,
  compiled: Map<string, Node>,
): Promise<RunResult[]> {
  const hooks = hooksOf(input, moment);
  const results: RunResult[] = [];
  if (hooks.length > 0 && moment === 'on-run-end') input.emit({ name: 'Formatting', data: { msg: '' } });
  for (const [index, hook] of hooks.entries()) {
    const failed = results.some((result) => result.status === 'error');
    const place = { moment, index: index + 1, total: hooks.length, skip: failed };
    results.push(await runHook(input, hook, place, extras, compiled));
  }
  if (hooks.length > 0 && moment === 'on-run-start') input.emit({ name: 'Formatting', data: { msg: '' } });
  return results;
}

/** The project's hooks of one moment in the order they run in. */
export function hooksOf(input: ExecuteInput, moment: HookMoment): OperationNode[] {
  const { manifest } = input.compiler.input;
  const root = manifest.metadata.project_name;
  const rank = (node: OperationNode): string => (node.package_name === root ? '1' : `0${node.package_name}`);
  return Object.values(manifest.nodes)
    .filter((node): node is OperationNode => node.resource_type === 'operation' && node.tags.includes(moment))
    .sort((a, b) => rank(a).localeCompare(rank(b)) || (a.index ?? 0) - (b.index ?? 0));
}

interface HookPlace {
  readonly moment: HookMoment;
  readonly index: number;
  readonly total: number;
  readonly skip: boolean;
}

async function runHook(
  input: ExecuteInput,
  hook: OperationNode,
  place: HookPlace,
  extras: ReadonlyMap<string, Value>,
  kept: Map<string, Node>,
): Promise<RunResult> {
  const name = `${hook.package_name}.${place.moment}.${place.index - 1}`;
  const base = {
    thread_id: 'main',
    adapter_response: {},
    unique_id: hook.unique_id,
    relation_name: null,
    batch_results: null,
    overload_results: null,
  };
  if (place.skip) {
    const message = `${name} skipped`;
    return {
      ...base,
      status: 'skipped',
      timing: [],
      execution_time: 0,
      message,
      failures: 1,
      compiled: null,
      compiled_code: null,
    };
  }
  const started = new Date();
  const session = openSession(input, hook);
  const line = { statement: name, index: place.index, total: place.total };
  const moment = (status: string, finished?: Date): object => ({
    node_info: nodeInfo(hook, { status, started, finished }),
  });
  input.emit({ name: 'WritingInjectedSQLForNode', data: { node_info: nodeInfo(hook, { status: 'None' }) } });
  let compiledCode: string | null = null;
  let error: unknown;
  let compiledAt: Date | undefined;
  const start = (): void => {
    compiledAt = new Date();
    input.emit({ name: 'LogHookStartLine', data: { ...line, ...moment('started') } });
  };
  try {
    const compiled = await runAsync(input.compiler.compile(hook, session.facade, extras));
    compiledCode = compiled.compiled_code ?? '';
    keep(input, { ...compiled, index: place.index }, kept);
    start();
    if (compiledCode.trim() !== '') await runStatement(input, hook, session, compiledCode);
  } catch (thrown) {
    if (compiledAt === undefined) start();
    error = thrown;
  } finally {
    await session.close();
  }
  const finished = new Date();
  const seconds = (finished.getTime() - started.getTime()) / 1000;
  const status = error === undefined ? 'success' : 'error';
  input.emit({
    name: 'LogHookEndLine',
    data: { ...line, status, execution_time: seconds, ...moment(status, finished) },
  });
  const message = error === undefined ? `${name} passed` : `${name} failed, error:\n ${failureMessage(error, hook)}`;
  return {
    ...base,
    status,
    timing: [
      { name: 'compile', started_at: utcMicros(started), completed_at: utcMicros(compiledAt ?? finished) },
      { name: 'execute', started_at: utcMicros(compiledAt ?? finished), completed_at: utcMicros(finished) },
    ],
    execution_time: seconds,
    message,
    failures: error === undefined ? 0 : 1,
    compiled: compiledCode !== null,
    compiled_code: compiledCode,
  };
}

function keep(input: ExecuteInput, compiled: OperationNode, kept: Map<string, Node>): void {
  kept.set(compiled.unique_id, compiled);
  if (compiled.compiled_path !== null) input.write(compiled.compiled_path, compiled.compiled_code ?? '');
}

/** A hook's SQL is a statement like any other: through the macro, so that the log and the query comment have it. */
async function runStatement(
  input: ExecuteInput,
  hook: OperationNode,
  session: NodeSession,
  sql: string,
): Promise<void> {
  const macro = input.compiler.input.library.find('run_query', hook.package_name);
  const { scope } = input.compiler.context(hook, session.facade);
  await runAsync(macro!.call(scope, [sql]));
}
