import type { OperationNode, RunResult } from '../model/index.ts';
import type { inputOf } from './call-input.ts';
import type { Session } from './open-project.ts';

/** Runs a statement of the command line, with dbt's lines about it. Gives what the database answered; throws what it refuses, of which `refused` is told first. */
export async function runGiven(
  { request }: Session,
  input: Awaited<ReturnType<typeof inputOf>>,
  node: OperationNode,
  refused: (error: unknown) => void,
): Promise<RunResult['adapter_response']> {
  const { showNode } = await import('../execute/index.ts');
  const say = (msg: string, data: object, level: 'info' | 'error' = 'info'): void =>
    request.emit({ name: 'Note', level, data: { msg: `${msg} inline_query`, index: 1, total: 1, ...data } });
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  try {
    const { result } = await showNode({ ...input, write: () => {} }, node, 'as it is', () =>
      say('START executing', { status: 'RUN' }),
    );
    const message = result.adapter_response['_message'];
    say('OK executed', { status: String(message || 'OK'), execution_time: seconds() });
    return result.adapter_response;
  } catch (error) {
    refused(error);
    say('ERROR executing', { status: 'ERROR', execution_time: seconds() }, 'error');
    throw error;
  }
}
