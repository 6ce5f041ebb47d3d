import type { Event, Level, NodeProblem } from '../../model/index.ts';
import { problemFrame } from '../frame.ts';
import { isShown, toLine } from '../line.ts';
import type { Listener } from '../listener.ts';
import { type Frame, regionLines } from '../live/region.ts';
import { createScreen } from '../live/screen.ts';
import { firstState, nextState, withProgress } from '../live/state.ts';
import type { Style } from '../style.ts';
import { textLine } from '../text.ts';
import type { TimeLeft } from '../watched.ts';

export interface LiveOptions {
  readonly level: Level | 'none';
  readonly write: (text: string) => void;
  /** The terminal's size now: asked at each drawing, so that a resize needs no handling. */
  readonly frame: () => Frame;
}

/** Ten drawings a second at most. */
const EVERY_MS = 100;
/** How long the rest takes is worked out once a second. */
const ESTIMATE_MS = 1000;

/** On a terminal: finished lines go to the scrollback, what runs now is shown below, problems come as frames at the end. */
export function createLive({ level, write, frame }: LiveOptions, style: Style): Listener {
  const screen = createScreen(write);
  const problems = new Map<string, NodeProblem>();
  let state = firstState(Date.now());
  let root = process.cwd();
  let timer: NodeJS.Timeout | undefined;
  let skippingProblem = false;

  let timeLeft: TimeLeft = () => undefined;
  let estimated = 0;
  const done = new Set<string>();

  const draw = (): void => {
    const now = Date.now();
    if (now - estimated >= ESTIMATE_MS) {
      estimated = now;
      const running = new Map([...state.running].map(([id, { since }]) => [id, now - since]));
      const left = timeLeft(running, (id) => done.has(id));
      state = { ...state, end: left === undefined ? undefined : now + left };
    }
    screen.draw(regionLines(state, now, frame(), style));
  };
  const close = (): void => {
    clearInterval(timer);
    screen.close();
  };
  // Whatever ends the process, the cursor comes back.
  process.once('exit', close);

  const say = (event: Event, at: Date): void => {
    if (event.name === 'RunResultFailure') {
      const info = event.data['node_info'] as { readonly unique_id?: string };
      const problem = problems.get(info.unique_id ?? '');
      skippingProblem = problem !== undefined;
      if (problem !== undefined) screen.above(`${problemFrame(problem, root, style).join('\n')}\n`);
      if (skippingProblem) return;
    }
    // A frame says what dbt's lines about the same problem say.
    if (skippingProblem && TOLD_BY_FRAME.has(event.name)) return;
    if (event.name !== 'Formatting') skippingProblem = false;
    screen.above(`${textLine(toLine(event, style, at), style.colors)}\n`);
  };

  return {
    watcher: {
      expect(usual, left) {
        state = { ...state, usual };
        timeLeft = left;
      },
      progress(nodes) {
        state = withProgress(state, nodes);
      },
    },
    opened(folder) {
      root = folder;
    },
    hear(event, at) {
      timer ??= setInterval(draw, EVERY_MS).unref();
      state = nextState(state, event, at.getTime());
      const info = event.data['node_info'] as { readonly unique_id?: string } | undefined;
      if (ENDS.has(event.name) && info?.unique_id !== undefined) done.add(info.unique_id);
      if (event.problem !== undefined && info?.unique_id !== undefined) problems.set(info.unique_id, event.problem);
      if (event.name === 'FinishedRunningStats') screen.draw([]);
      if (!isForPeople(event, level) || STARTS.has(event.name)) return;
      say(event, at);
      if (event.name === 'StatsLine' && isBad(event))
        screen.above('          what failed, and what it kept from running: tsdbt retry\n');
    },
    close() {
      process.off('exit', close);
      close();
    },
  };
}

function isBad({ data }: Event): boolean {
  const stats = data['stats'] as Readonly<Record<string, number>>;
  return (stats['error'] ?? 0) + (stats['skip'] ?? 0) > 0;
}

/** Pipes get dbt's lines; a terminal gets one more where it helps. */
function isForPeople(event: Event, level: Level | 'none'): boolean {
  return isShown(event, level) || (event.name === 'DocsWritten' && level === 'info');
}

const ENDS = new Set(['NodeFinished', 'SkippingDetails', 'LogNodeNoOpResult']);

/** What has only begun is seen in the region. */
const STARTS = new Set(['LogStartLine', 'LogHookStartLine', 'LogStartBatch']);
const TOLD_BY_FRAME = new Set(['RunResultError', 'RunResultErrorNoMessage', 'SQLCompiledPath', 'Formatting']);
