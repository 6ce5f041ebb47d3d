import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event, LiveHead, LiveLine, NodeInfo } from '../model/index.ts';
import { writeWhole } from './json-file.ts';

/** The run that goes on now, in a file that `docs serve` follows: a head, then a line for each thing that happens. */
export interface LiveRun {
  hear(event: Event): void;
  end(): void;
}

const LONGEST = 300;
/** Lines are written together: a system call for each would cost more than it tells. */
const EVERY_MS = 250;

export const liveFile = (statePath: string): string => join(statePath, 'live.jsonl');

/** Begins the file anew. What cannot be written spoils no run: then nobody is shown it. */
export function writeLiveRun(statePath: string, head: LiveHead): LiveRun {
  const path = liveFile(statePath);
  const began = Date.parse(head.startedAt);
  const pending: LiveLine[] = [];
  let isBroken = false;
  const tried = (write: () => void): void => {
    try {
      if (!isBroken) write();
    } catch {
      isBroken = true;
    }
  };
  const flush = (): void => {
    if (pending.length === 0) return;
    const lines = pending.splice(0).map((line) => `${JSON.stringify(line)}\n`);
    tried(() => appendFileSync(path, lines.join('')));
  };
  tried(() => writeWhole(path, [`${JSON.stringify(head)}\n`]));
  const timer = setInterval(flush, EVERY_MS);
  timer.unref();
  return {
    hear(event) {
      const line = lineOf(event, Date.now() - began);
      if (line !== undefined) pending.push(line);
    },
    end() {
      clearInterval(timer);
      pending.push(['over', Date.now() - began]);
      flush();
    },
  };
}

const HEARD = new Set(['NodeStart', 'NodeFinished', 'SkippingDetails', 'LogSkipBecauseError']);

function lineOf({ name, data }: Event, at: number): LiveLine | undefined {
  if (!HEARD.has(name)) return undefined;
  const { unique_id, node_status } = data['node_info'] as NodeInfo;
  if (name === 'NodeStart') return ['start', unique_id, at];
  const { message } = (data['run_result'] ?? {}) as { readonly message?: string | null };
  return ['end', unique_id, at, node_status, (message ?? '').slice(0, LONGEST)];
}
