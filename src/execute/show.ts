import { AgateTable, explainTemplateError, jsonRows, runAsync, statementResult, toData } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { CompilableNode, GraphNode, RunResult } from '../model/index.ts';
import type { Data } from '../util/data.ts';
import { utcMicros } from '../util/time.ts';
import { type NodeLines, nodeLines } from './lines.ts';
import { openSession } from './session.ts';
import type { ExecuteInput } from './types.ts';

export interface Shown {
  readonly result: RunResult;
  /** The node as it was run, the limit in its code. */
  readonly node: CompilableNode;
  /** One object for each row. */
  readonly rows: Data;
  /** The rows as a table of text. */
  readonly text: string;
}

type ShowInput = Pick<ExecuteInput, 'compiler' | 'adapter' | 'queryComment' | 'interrupted' | 'write'> &
  Partial<Pick<ExecuteInput, 'emit'>>;

/** Compiles a node and reads its first rows: `limit` of them, all where it is null. Throws what goes wrong. */
export async function showNode(
  input: ShowInput,
  node: CompilableNode,
  limit: number | null | 'as it is',
  compiledNow: () => void = () => {},
): Promise<Shown> {
  const started = new Date();
  const session = openSession(input, node);
  const lines = linesOf(input, node, started);
  try {
    lines?.start();
    lines?.compiling();
    const compiled = await runAsync(input.compiler.compile(node, session.facade));
    if (compiled.compiled_path !== null) input.write(compiled.compiled_path, compiled.compiled_code ?? '');
    const compiledAt = new Date();
    compiledNow();
    lines?.written();
    lines?.executing();
    const context = input.compiler.context(compiled, session.facade);
    const header = compiled.config['sql_header'] ?? null;
    const code = compiled.compiled_code ?? '';
    const limited = async (): Promise<unknown> =>
      await runAsync(macroOf(input, 'get_show_sql', node).call(context.scope, [code, header, limit]));
    const sql = limit === 'as it is' ? code : String(await limited()).trim();
    const table = await runAsync(macroOf(input, 'run_query', node).call(context.scope, [sql]));
    const shown = { ...compiled, compiled_code: sql };
    const response = statementResult(context, 'run_query_statement')?.response ?? {};
    const result = resultOf(shown, response, [started, compiledAt, new Date()]);
    lines?.finish(result, new Date(), undefined);
    return {
      node: shown,
      result,
      rows: table instanceof AgateTable ? toData(jsonRows(table)) : [],
      text: table instanceof AgateTable ? table.printed({ maxRows: null }) : '',
    };
  } catch (error) {
    throw explainTemplateError(error, node.original_file_path);
  } finally {
    await session.close();
  }
}

/** Only at debug level: what is shown is the answer. */
function linesOf({ emit, compiler }: ShowInput, node: CompilableNode, started: Date): NodeLines | undefined {
  if (emit === undefined || node.resource_type === 'function') return undefined;
  const place = { index: 1, total: 1, thread: 1, silent: false };
  return nodeLines({ emit, compiler, compileOnly: true }, node as GraphNode, place, started);
}

/** Compiles a node that is in no graph, such as a statement of the command line. Throws what goes wrong. */
export async function compileNode(input: ShowInput, node: CompilableNode): Promise<Pick<Shown, 'node' | 'result'>> {
  const started = new Date();
  const session = openSession(input, node);
  try {
    const compiled = await runAsync(input.compiler.compile(node, session.facade));
    if (compiled.compiled_path !== null) input.write(compiled.compiled_path, compiled.compiled_code ?? '');
    const finished = new Date();
    return { node: compiled, result: resultOf(compiled, {}, [started, finished, finished]) };
  } catch (error) {
    throw explainTemplateError(error, node.original_file_path);
  } finally {
    await session.close();
  }
}

function macroOf({ compiler }: ShowInput, name: string, node: CompilableNode) {
  const macro = compiler.input.library.find(name, node.package_name);
  if (macro !== undefined) return macro;
  throw new TsdbtError({ code: 'TSD1103', message: `the macro '${name}', which shows rows, is not there` });
}

function resultOf(
  node: CompilableNode,
  response: RunResult['adapter_response'],
  [started, compiledAt, finished]: readonly [Date, Date, Date],
): RunResult {
  const [a, b, c] = [utcMicros(started), utcMicros(compiledAt), utcMicros(finished)];
  return {
    status: 'success',
    timing: [
      { name: 'compile', started_at: a, completed_at: b },
      { name: 'execute', started_at: b, completed_at: c },
    ],
    thread_id: 'Thread-1 (worker)',
    execution_time: (finished.getTime() - started.getTime()) / 1000,
    adapter_response: response,
    message: null,
    failures: null,
    unique_id: node.unique_id,
    compiled: true,
    compiled_code: node.compiled_code ?? null,
    relation_name: node.relation_name,
    batch_results: null,
    overload_results: null,
  };
}
