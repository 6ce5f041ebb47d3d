/** The terminal below the scrollback: text goes above, the region is drawn again beneath it. */
export interface Screen {
  /** Writes finished text above the region. */
  above(text: string): void;
  /** Replaces the region; an empty one takes it away. */
  draw(lines: readonly string[]): void;
  /** Shows a share of the whole, from 0 to 100, beside the terminal's name; undefined takes it away. */
  taskbar(percent: number | undefined): void;
  /** Takes the region away and gives the cursor back. Safe to call twice. */
  close(): void;
}

const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';
/** Synchronized update (DEC 2026): terminals that know it show old or new, never half; others ignore it. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const CLEAR_BELOW = '\u001b[J';

export function createScreen(write: (text: string) => void): Screen {
  let lines: readonly string[] = [];
  let hidden = false;
  let share: number | undefined;
  const taskbar = (percent: number | undefined): void => {
    if (percent === share) return;
    share = percent;
    write(percent === undefined ? '\u001b]9;4;0;0\u0007' : `\u001b]9;4;1;${percent}\u0007`);
  };

  /** To the region's first line and everything from there away. */
  const erase = (): string => (lines.length === 0 ? '' : `\r\u001b[${lines.length}A${CLEAR_BELOW}`);
  const drawn = (next: readonly string[]): string => next.map((line) => `${line}\n`).join('');

  return {
    above(text) {
      if (lines.length === 0) write(text);
      else write(`${BEGIN}${erase()}${text}${drawn(lines)}${END}`);
    },
    draw(next) {
      if (next.length === lines.length && next.every((line, index) => line === lines[index])) return;
      const hide = !hidden && next.length > 0 ? HIDE : '';
      hidden ||= next.length > 0;
      write(`${hide}${BEGIN}${erase()}${drawn(next)}${END}`);
      lines = next;
    },
    taskbar,
    close() {
      taskbar(undefined);
      if (!hidden) return;
      write(`${erase()}${SHOW}`);
      lines = [];
      hidden = false;
    },
  };
}
