import type { ModelNode } from '../model/index.ts';
import { nodeInfo, qualified } from './node-info.ts';
import type { ExecuteInput } from './types.ts';

/** Which batch of how many, and how it is called: `2024-09-17`. */
export interface BatchPlace {
  readonly index: number;
  readonly total: number;
  readonly name: string;
}

/** Says that a batch starts; the caller says how it ended, with a text where it failed. */
export function announceBatch(
  input: ExecuteInput,
  node: ModelNode,
  { index, total, name }: BatchPlace,
): { ended(failure?: string): void } {
  const description = `batch ${name} of ${qualified(node)}`;
  const place = { description, batch_index: index, total_batches: total };
  const started = new Date();
  input.emit({ name: 'LogStartBatch', data: { ...place, node_info: nodeInfo(node, { status: 'started', started }) } });
  const began = performance.now();
  return {
    ended(failure) {
      const status = failure === undefined ? 'success' : 'error';
      const node_info = nodeInfo(node, { status, started, finished: new Date() });
      const shown = failure === undefined ? 'OK' : status;
      const data = { ...place, status: shown, execution_time: (performance.now() - began) / 1000, node_info };
      input.emit({ name: 'LogBatchResult', level: failure === undefined ? 'info' : 'error', data });
      if (failure !== undefined) {
        input.emit({ name: 'GenericExceptionOnRun', data: { unique_id: node.unique_id, exc: failure } });
      }
    },
  };
}
