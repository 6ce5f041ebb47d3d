import { type Pending, timeLeft } from '../../../graph/index.ts';
import type { LiveHead, LiveLine } from '../../../model/index.ts';
import type { Model } from '../data/model.ts';

export interface Ended {
  readonly id: string;
  readonly at: number;
  readonly status: string;
  readonly message: string;
}

/** A run that goes on, or has just ended. */
export interface LiveRun {
  readonly head: LiveHead;
  /** When each began. */
  readonly started: ReadonlyMap<string, number>;
  /** What runs, since when. */
  readonly running: ReadonlyMap<string, number>;
  /** In the order in which they ended. */
  readonly ended: ReadonlyMap<string, Ended>;
  readonly isOver: boolean;
}

export const newRun = (head: LiveHead): LiveRun => ({
  head,
  started: new Map(),
  running: new Map(),
  ended: new Map(),
  isOver: false,
});

/** The run after what was told. Pure. */
export function runAfter({ head, ...before }: LiveRun, lines: readonly LiveLine[]): LiveRun {
  const started = new Map(before.started);
  const running = new Map(before.running);
  const ended = new Map(before.ended);
  let { isOver } = before;
  for (const line of lines) {
    if (line[0] === 'start') {
      started.set(line[1], line[2]);
      running.set(line[1], line[2]);
    } else if (line[0] === 'over') isOver = true;
    else {
      const [, id, at, status, message] = line;
      running.delete(id);
      ended.set(id, { id, at, status, message });
    }
  }
  return { head, started, running, ended, isOver };
}

/** Milliseconds until it ends, if all take what they took last; undefined where too little is known. */
export function leftOf({ head, running, ended }: LiveRun, model: Model, now: number): number | undefined {
  const place = new Map(head.nodes.map((id, index) => [id, index]));
  const nodes = head.nodes.map((id): Pending => {
    const node = model.nodes[model.byId.get(id) ?? -1];
    const since = running.get(id);
    return {
      usual: node?.duration || undefined,
      parents: (node?.parents ?? []).flatMap((parent) => place.get(model.nodes[parent]?.id ?? '') ?? []),
      state: ended.has(id) ? 'done' : since === undefined ? 'waiting' : now - since,
    };
  });
  return timeLeft(nodes, head.threads);
}
