import type { ContextEnvironment, RelationParts } from '../context/index.ts';
import type { CompilableNode, NodeConfig } from '../model/index.ts';
import { secondsText, type TimeWindow } from '../util/time-window.ts';
import { sampleWindow } from './sample.ts';

/** Tells which part of a relation a node reads: all of it, none of its rows (`--empty`), or those of a time. */
export type Narrow = (asker: CompilableNode, config: NodeConfig) => Pick<RelationParts, 'limit' | 'eventTime'>;

export function narrowing({ flags, invocation }: ContextEnvironment): Narrow {
  const limit = flags['empty'] === true ? 0 : null;
  const sample = flags['sample'] == null ? undefined : sampleWindow(String(flags['sample']), invocation.now);
  return (asker, config) => {
    const window = windowOf(asker, sample);
    const fieldName = config['event_time'];
    if (window === undefined || typeof fieldName !== 'string' || fieldName === '') return { limit };
    return { limit, eventTime: { fieldName, start: secondsText(window.start), end: secondsText(window.end) } };
  };
}

/** The batch of a microbatch model, within the sample; models and snapshots alone are sampled. */
function windowOf(asker: CompilableNode, sample: TimeWindow | undefined): TimeWindow | undefined {
  if (asker.resource_type !== 'model' && asker.resource_type !== 'snapshot') return undefined;
  const batch = asker.resource_type === 'model' ? asker.batch?.window : undefined;
  if (batch === undefined || sample === undefined) return batch ?? sample;
  return {
    start: sample.start > batch.start ? sample.start : batch.start,
    end: sample.end < batch.end ? sample.end : batch.end,
  };
}
