import { duration } from '../duration.ts';
import type { Style } from '../style.ts';
import type { LiveState, RunningNode } from './state.ts';

export interface Frame {
  readonly columns: number;
  readonly rows: number;
  /** Blocks where the terminal can show them, ASCII where not. */
  readonly unicode: boolean;
  /** Whether places in files can be links (OSC 8). */
  readonly links?: boolean;
  /** Whether it shows how far something is beside its name (OSC 9;4). */
  readonly taskbar?: boolean;
}

const MOST_NODES = 8;
const BAR = 34;
/** Something that is over within a second needs no line of its own. */
const QUIET_MS = 1000;

/** The region's lines: at most ten and a third of the screen, none wider than the screen. Empty where there is nothing to show. */
export function regionLines(state: LiveState, now: number, frame: Frame, style: Style, waiting?: string): string[] {
  if (state.phase !== undefined && state.running.size === 0) {
    const elapsed = now - state.phaseSince;
    return elapsed < QUIET_MS ? [] : ['', clip(`  ${state.phase} ${seconds(elapsed)}`, frame.columns)];
  }
  if (state.total === 0) return [];
  const height = Math.max(2, Math.min(10, Math.floor(frame.rows / 3)));
  const longest = [...state.running.values()].sort((a, b) => a.since - b.since);
  // A blank line and the bar; who waits, where that leaves room for who runs.
  const room = height - (waiting !== undefined && height > 4 ? 3 : 2);
  const shown = longest.slice(0, Math.min(MOST_NODES, longest.length > room ? room - 1 : room));
  const lines = ['', barLine(state, now, frame, style), ...shown.map((node) => nodeLine(node, now, frame.columns))];
  if (longest.length > shown.length) lines.push(clip(`    + ${longest.length - shown.length} more`, frame.columns));
  if (waiting !== undefined && height > 4) lines.push(clip(`    ${waiting}`, frame.columns));
  return lines;
}

/** How far all of it is; undefined where nothing runs. */
export function percentDone({ total, counts }: LiveState): number | undefined {
  const done = counts.ok + counts.warn + counts.error + counts.skip;
  return total === 0 ? undefined : Math.min(100, Math.floor((100 * done) / total));
}

function barLine(state: LiveState, now: number, { columns, unicode }: Frame, style: Style): string {
  const { ok, warn, error, skip } = state.counts;
  const done = ok + warn + error + skip;
  const full = Math.round((BAR * done) / Math.max(1, state.total));
  const [filled, empty] = unicode ? ['█', '░'] : ['#', '.'];
  const bar = `${filled.repeat(full)}${empty.repeat(BAR - full)}`;
  const skipped = skip === 0 ? '' : `  ${skip} skip`;
  const left = timeLeft(state, done, now);
  const plain = `${done}/${state.total}   ${ok} ok  ${warn} warn  ${error} error${skipped}   ${duration(now - state.runSince)}${left}`;
  if (BAR + 4 + plain.length > columns) return clip(`  ${plain}`, columns);
  const painted = plain
    .replace(`${error} error`, (text) => (error > 0 ? style.red(text) : text))
    .replace(`${warn} warn`, (text) => (warn > 0 ? style.yellow(text) : text));
  return `  ${style.green(bar)}  ${painted}`;
}

/** As it was estimated; else from what those before took, once enough are done for the guess to mean something. */
function timeLeft(state: LiveState, done: number, now: number): string {
  if (done >= state.total) return '';
  if (state.end !== undefined) return state.end - now < 1000 ? '' : `  ~${duration(state.end - now)} left`;
  if (done < 5) return '';
  const perNode = (now - state.runSince) / done;
  return `  ~${duration(perNode * (state.total - done))} left`;
}

function nodeLine(node: RunningNode, now: number, columns: number): string {
  const time = seconds(now - node.since).padStart(8);
  const room = Math.max(12, columns - time.length - node.kind.length - 6);
  return clip(
    `${time}  ${middle(node.name, room).padEnd(Math.min(room, 32))}  ${node.kind}${details(node, now)}`,
    columns,
  );
}

/** `   412 M of 1.1 G rows  37 %  2.1 GiB   ! usual 9.8s`. */
function details({ progress, usual, since }: RunningNode, now: number): string {
  const slow = usual !== undefined && now - since > Math.max(2 * usual, QUIET_MS) ? `   ! usual ${seconds(usual)}` : '';
  if (progress === undefined || progress.rows === 0) return slow;
  const { rows, totalRows, memory } = progress;
  const known = totalRows > rows ? ` of ${short(totalRows)} rows  ${Math.floor((100 * rows) / totalRows)} %` : ' rows';
  const gib = memory / 2 ** 30;
  return `   ${short(rows)}${known}${gib >= 0.1 ? `  ${gib.toFixed(1)} GiB` : ''}${slow}`;
}

/** `9.2 M`, `412 M`, `1.1 G`. */
function short(count: number): string {
  const power = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return power === 0 ? String(count) : `${value < 10 ? value.toFixed(1) : Math.floor(value)} ${'kMGT'[power - 1]}`;
}

function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)}s` : duration(ms);
}

/** Names differ at their ends more often than in their middles. */
function middle(text: string, room: number): string {
  if (text.length <= room) return text;
  const tail = Math.floor((room - 2) / 2);
  return `${text.slice(0, room - 2 - tail)}..${text.slice(text.length - tail)}`;
}

/** One column stays free: a full line makes some terminals wrap. */
function clip(text: string, columns: number): string {
  return text.length < columns ? text : text.slice(0, Math.max(0, columns - 1));
}
