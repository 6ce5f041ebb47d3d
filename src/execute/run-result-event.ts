import type { RunResult } from '../model/index.ts';

type Logged = Pick<
  RunResult,
  'status' | 'message' | 'timing' | 'thread_id' | 'execution_time' | 'adapter_response' | 'failures'
>;

/** A result as events carry it; run_results.json says more. */
export function loggedResult(result: Logged): Readonly<Record<string, unknown>> {
  return {
    status: result.status,
    message: result.message ?? '',
    timing_info: result.timing,
    thread: result.thread_id,
    execution_time: result.execution_time,
    adapter_response: result.adapter_response,
    num_failures: result.failures ?? 0,
  };
}
