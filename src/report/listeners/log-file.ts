import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Event, Level } from '../../model/index.ts';
import { jsonLine } from '../json.ts';
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
export function createLogFile(invocationId: string, printerWidth: number): LogFile {
  const style = createStyle(false, printerWidth);
  let pending: (readonly [Event, Date])[] = [];
  let file: LogFileOptions | undefined;

  const flush = (): void => {
    if (file === undefined || pending.length === 0) return;
    const { level, format } = file;
    const lines = pending
      .filter(([event]) => isShown(event, level))
      .map(([event, at]) => {
        const line = toLine(event, style, at);
        return format === 'json' ? jsonLine(line, invocationId) : debugLine(line, invocationId, false);
      });
    pending = [];
    if (lines.length > 0) append(file, `${lines.join('\n')}\n`);
  };

  return {
    hear(event, at) {
      pending.push([event, at]);
      if (pending.length >= 500) flush();
    },
    logTo(target) {
      file = target;
    },
    close: flush,
  };
}

function append(target: LogFileOptions, text: string): void {
  mkdirSync(dirname(target.path), { recursive: true });
  const size = statSync(target.path, { throwIfNoEntry: false })?.size ?? 0;
  if (target.maxBytes > 0 && size > target.maxBytes) renameSync(target.path, `${target.path}.1`);
  appendFileSync(target.path, text);
}
