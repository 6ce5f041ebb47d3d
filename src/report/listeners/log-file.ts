import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Event, Level } from '../../model/index.ts';
import { type JsonSurroundings, jsonLine } from '../json.ts';
import { isShown, type LogFormat, toLine } from '../line.ts';
import type { Listener } from '../listener.ts';
import { createStyle } from '../style.ts';
import { debugLine } from '../text.ts';

export interface LogFileOptions {
  /** Absolute path of dbt.log. */
  readonly path: string;
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly maxBytes: number;
}

export interface LogFile extends Listener {
  /** Events heard before it is known where the file lies are written too. */
  logTo(options: LogFileOptions): void;
}

/** Writes dbt.log in batches: a system call for each line would cost more than all the rest of reporting. */
export function createLogFile(printerWidth: number, json: JsonSurroundings): LogFile {
  const style = createStyle(false, printerWidth);
  let pending: (readonly [Event, Date])[] = [];
  let file: LogFileOptions | undefined;

  const flush = (): void => {
    if (file === undefined || pending.length === 0) return;
    const { level, format } = file;
    const lines = pending
      .filter(([event]) => isShown(event, level) && !UNLOGGED.has(event.name))
      .map(([event, at]) => {
        const line = toLine(event, style, at);
        return format === 'json' ? jsonLine(line, json) : json.hide(debugLine(line, json.invocationId, false));
      });
    pending = [];
    if (lines.length > 0) append(file, lines);
  };

  return {
    hear(event, at) {
      pending.push([event, at]);
      if (pending.length >= 500) flush();
    },
    logTo(target) {
      file = target;
      // As a logger of dbt's opens it: there is a file even where nothing is loud enough for it.
      if (target.level !== 'none') append(target, []);
    },
    close: flush,
  };
}

/** What `clean` does may be done to the log itself. */
const UNLOGGED = new Set(['CheckCleanPath', 'ConfirmCleanPath', 'ProtectedCleanPath', 'FinishedCleanPaths']);

/** As Python's rotating log: older files count up to five. */
const BACKUPS = 5;

function append({ path, maxBytes }: LogFileOptions, lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let text = '';
  for (const line of lines) {
    const bytes = Buffer.byteLength(line) + 1;
    if (maxBytes > 0 && size > 0 && size + bytes >= maxBytes) {
      appendFileSync(path, text);
      rollOver(path);
      [text, size] = ['', 0];
    }
    text += `${line}\n`;
    size += bytes;
  }
  appendFileSync(path, text);
}

function rollOver(path: string): void {
  for (let number = BACKUPS - 1; number >= 0; number--) {
    const from = number === 0 ? path : `${path}.${number}`;
    if (existsSync(from)) renameSync(from, `${path}.${number + 1}`);
  }
}
