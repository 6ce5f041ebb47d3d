import type { Event, NodeInfo } from '../../model/index.ts';
import type { Plan } from '../watched.ts';
import type { RunningNode } from './state.ts';
import { waitingIn, waitingText } from './waiting.ts';

/** What is over, and what still waits for what: the whole run, where the region shows the moment. */
export interface History {
  expect(plan: Plan): void;
  hear(event: Event): void;
  isDone(uniqueId: string): boolean;
  /** `waiting: 61 on fct_sessions, 182 on a thread`; undefined where nothing waits. */
  waiting(running: ReadonlyMap<string, RunningNode>): string | undefined;
  /** Names of the nodes that were skipped because of this one. */
  skippedBelow(uniqueId: string): readonly string[];
}

export function createHistory(): History {
  let parents: Plan['parents'] = new Map();
  const children = new Map<string, string[]>();
  const skipped = new Map<string, string>();
  const done = new Set<string>();
  return {
    expect(plan) {
      parents = plan.parents;
      for (const [id, before] of parents) {
        for (const parent of before) children.set(parent, [...(children.get(parent) ?? []), id]);
      }
    },
    hear({ name, data }) {
      const id = (data['node_info'] as NodeInfo | undefined)?.unique_id;
      if (id === undefined) return;
      const isSkip = name === 'SkippingDetails' || name === 'LogSkipBecauseError';
      if (isSkip) skipped.set(id, String(data['node_name'] ?? data['relation']));
      if (isSkip || name === 'LogNodeNoOpResult' || name === 'NodeFinished') done.add(id);
    },
    isDone: (id) => done.has(id),
    waiting: (running) => waitingText(waitingIn({ parents, children, running, done })),
    skippedBelow(uniqueId) {
      const names: string[] = [];
      const seen = new Set([uniqueId]);
      // A set grows while it is walked.
      for (const id of seen) {
        for (const child of children.get(id) ?? []) {
          if (!skipped.has(child) || seen.has(child)) continue;
          seen.add(child);
          names.push(skipped.get(child)!);
        }
      }
      return names;
    },
  };
}
