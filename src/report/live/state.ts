import type { Event, NodeInfo } from '../../model/index.ts';
import { showDuration } from '../../util/duration.ts';
import type { NodeProgress } from '../watched.ts';

export interface RunningNode {
  readonly name: string;
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Milliseconds; undefined where it never ran. */
  readonly usual?: number | undefined;
  readonly progress?: NodeProgress | undefined;
}

/** What the region shows: what runs now, how far all of it is, and what is done before the first node. */
export interface LiveState {
  readonly phase: string | undefined;
  readonly phaseSince: number;
  readonly runSince: number;
  readonly total: number;
  readonly counts: { readonly ok: number; readonly warn: number; readonly error: number; readonly skip: number };
  readonly running: ReadonlyMap<string, RunningNode>;
  /** Usual milliseconds by unique_id. */
  readonly usual: ReadonlyMap<string, number>;
  /** When all of it is expected to end, milliseconds since 1970; undefined where that is not known. */
  readonly end: number | undefined;
}

export function firstState(now: number): LiveState {
  const counts = { ok: 0, warn: 0, error: 0, skip: 0 };
  return {
    phase: 'starting',
    phaseSince: now,
    runSince: now,
    total: 0,
    counts,
    running: new Map(),
    usual: new Map(),
    end: undefined,
  };
}

/** The state after an event. Pure: the clock is the event's. */
export function nextState(state: LiveState, event: Event, now: number): LiveState {
  const phase = phaseAfter(event);
  if (phase !== undefined) {
    // What only says how far a phase has come does not begin another.
    const phaseSince = event.data['status'] === 'progress' ? state.phaseSince : now;
    return { ...state, phase, phaseSince };
  }
  const info = event.data['node_info'] as NodeInfo | undefined;
  switch (event.name) {
    case 'LogStartLine': {
      const node = {
        name: info!.node_name,
        kind: info!.materialized || info!.resource_type,
        since: now,
        usual: state.usual.get(info!.unique_id),
      };
      const running = new Map(state.running).set(info!.unique_id, node);
      const runSince = state.total === 0 ? now : state.runSince;
      return {
        ...state,
        phase: undefined,
        runSince,
        total: Number(event.data['total'] ?? state.total),
        running,
      };
    }
    case 'LogNodeNoOpResult':
      return { ...state, counts: { ...state.counts, ok: state.counts.ok + 1 } };
    case 'SkippingDetails':
    case 'LogSkipBecauseError':
      return { ...state, counts: { ...state.counts, skip: state.counts.skip + 1 } };
    case 'NodeFinished': {
      if (!state.running.has(info!.unique_id)) return state;
      const running = new Map(state.running);
      running.delete(info!.unique_id);
      const kind = KIND[info!.node_status] ?? 'ok';
      return { ...state, running, counts: { ...state.counts, [kind]: state.counts[kind] + 1 } };
    }
    case 'FinishedRunningStats':
      return { ...state, phase: 'writing artifacts', phaseSince: now, total: 0, running: new Map() };
    default:
      return state;
  }
}

/** The state with what a look at the server found. */
export function withProgress(state: LiveState, nodes: readonly NodeProgress[]): LiveState {
  const found = new Map(nodes.map((node) => [node.unique_id, node]));
  const running = new Map(
    [...state.running].map(([id, node]) => [id, { ...node, progress: found.get(id) ?? node.progress }]),
  );
  return { ...state, running };
}

const KIND: Readonly<Record<string, 'warn' | 'error' | 'skip'>> = {
  warn: 'warn',
  error: 'error',
  fail: 'error',
  'runtime error': 'error',
  'partial success': 'error',
  skipped: 'skip',
};

function phaseAfter({ name, data }: Event): string | undefined {
  switch (name) {
    case 'AdapterRegistered':
      return 'parsing';
    case 'FoundStats':
      return 'connecting';
    case 'ConcurrencyLine':
      return 'reading what exists';
    case 'LogHookStartLine':
      return `hook ${String(data['statement'])}`;
    case 'SyncPhase':
      return syncPhase(data);
    default:
      return undefined;
  }
}

/** `sync board: copy 45 % of 200000 rows, 31.2 MB/s, 12s left`; what a phase cannot tell is left out. */
function syncPhase({ sync, phase, status, rows, total, bytes, seconds, message }: Event['data']): string | undefined {
  if (status === 'end') return undefined;
  const head = `sync ${String(sync)}: ${String(phase)}`;
  if (message !== undefined) return `${head} ${String(message)}`;
  if (status !== 'progress') return head;
  const spent = Number(seconds);
  const rate = bytes === undefined || spent <= 0 ? [] : [`${(Number(bytes) / 1e6 / spent).toFixed(1)} MB/s`];
  const share = Number(rows) / Number(total);
  if (!(share > 0)) return [head, ...rate].join(' ');
  const left = showDuration((spent / share) * (1 - share));
  return `${head} ${[`${Math.floor(100 * share)} % of ${String(total)} rows`, ...rate, `${left} left`].join(', ')}`;
}
