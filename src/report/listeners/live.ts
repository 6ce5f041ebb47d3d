import type { Event, Level, NodeProblem } from '../../model/index.ts';
import { problemFrame } from '../frame.ts';
import { isShown, toLine } from '../line.ts';
import type { Listener } from '../listener.ts';
import { criticalLine } from '../live/critical-line.ts';
import { createHeading } from '../live/heading.ts';
import { createHistory } from '../live/history.ts';
import { type Frame, percentDone, regionLines } from '../live/region.ts';
import { createScreen } from '../live/screen.ts';
import { firstState, nextState, withProgress } from '../live/state.ts';
import type { Style } from '../style.ts';
import { textLine } from '../text.ts';
import type { CriticalPath, TimeLeft } from '../watched.ts';

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
  const history = createHistory();
  const heading = createHeading();
  const problems = new Map<string, NodeProblem>();
  let state = firstState(Date.now());
  let root = process.cwd();
  let timer: NodeJS.Timeout | undefined;
  let path: CriticalPath | undefined;
  let skippingProblem = false;

  let timeLeft: TimeLeft = () => undefined;
  let estimated = 0;
  const estimate = (now: number): void => {
    if (now - estimated < ESTIMATE_MS) return;
    estimated = now;
    const running = new Map([...state.running].map(([id, { since }]) => [id, now - since]));
    const left = timeLeft(running, history.isDone);
    state = { ...state, end: left === undefined ? undefined : now + left };
  };

  const draw = (): void => {
    const now = Date.now();
    estimate(now);
    const waiting = state.running.size === 0 ? undefined : history.waiting(state.running);
    const surface = frame();
    screen.draw(regionLines(state, now, surface, style, waiting));
    if (surface.taskbar === true) screen.taskbar(percentDone(state));
  };
  const sayLine = (event: Event, at: Date): void =>
    screen.above(`${textLine(toLine(event, style, at), style.colors)}\n`);
  const close = (): void => {
    clearInterval(timer);
    for (const [event, at] of heading.rest()) sayLine(event, at);
    screen.close();
  };
  // Whatever ends the process, the cursor comes back.
  process.once('exit', close);

  const say = (event: Event, at: Date): void => {
    if (event.name === 'RunResultFailure') {
      const id = (event.data['node_info'] as { readonly unique_id?: string }).unique_id ?? '';
      const problem = problems.get(id);
      skippingProblem = problem !== undefined;
      if (problem !== undefined) {
        const lines = problemFrame(problem, root, style, {
          skipped: history.skippedBelow(id),
          links: frame().links === true,
        });
        screen.above(`${lines.join('\n')}\n`);
        return;
      }
    }
    // A frame says what dbt's lines about the same problem say.
    if (skippingProblem && TOLD_BY_FRAME.has(event.name)) return;
    if (event.name !== 'Formatting') skippingProblem = false;
    sayLine(event, at);
  };

  return {
    watcher: {
      parsed: heading.parsed,
      connected: heading.connected,
      expect(plan) {
        state = { ...state, usual: plan.usual };
        timeLeft = plan.timeLeft;
        history.expect(plan);
      },
      progress(nodes) {
        state = withProgress(state, nodes);
      },
      ended(found) {
        path = found;
      },
    },
    opened(folder) {
      root = folder;
    },
    hear(event, at) {
      timer ??= setInterval(draw, EVERY_MS).unref();
      state = nextState(state, event, at.getTime());
      history.hear(event);
      const info = event.data['node_info'] as { readonly unique_id?: string } | undefined;
      if (event.problem !== undefined && info?.unique_id !== undefined) problems.set(info.unique_id, event.problem);
      if (event.name === 'FinishedRunningStats') screen.draw([]);
      if (!isForPeople(event, level) || STARTS.has(event.name)) return;
      for (const one of heading.after(event, at)) {
        if (typeof one === 'string') screen.above(`${one}\n`);
        else say(...one);
      }
      if (event.name === 'StatsLine') {
        const critical = path === undefined ? undefined : criticalLine(path);
        if (critical !== undefined) screen.above(`          ${critical}\n`);
        if (isBad(event)) screen.above('          what failed, and what it kept from running: tsdbt retry\n');
      }
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

/** What has only begun is seen in the region. */
const STARTS = new Set(['LogStartLine', 'LogHookStartLine', 'LogStartBatch']);
const TOLD_BY_FRAME = new Set(['RunResultError', 'RunResultErrorNoMessage', 'SQLCompiledPath', 'Formatting']);
