import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Emit, Event, Level } from '../model/index.ts';
import { createAttribution } from './attribute.ts';
import { jsonLine } from './json.ts';
import { isShown, type Line, toLine } from './line.ts';
import { createStyle } from './style.ts';
import { debugLine, textLine } from './text.ts';

export type LogFormat = 'default' | 'text' | 'debug' | 'json';

export interface ReportOptions {
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly colors: boolean;
  readonly printerWidth: number;
  readonly invocationId: string;
  /** Where lines go; a test may listen here. */
  readonly write: (text: string) => void;
}

export interface LogFileOptions {
  /** Absolute path of dbt.log. */
  readonly path: string;
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly maxBytes: number;
}

/** A listener on the event bus that prints. Lines reach the terminal at once; the log file is written in batches and at the end. */
export interface Reporter {
  readonly emit: Emit;
  /** Starts the log file: events before it are written too. */
  logTo(options: LogFileOptions): void;
  /** Writes what is still in memory. */
  flush(): void;
}

export function createReporter(options: ReportOptions): Reporter {
  const style = createStyle(options.colors, options.printerWidth);
  const plain = createStyle(false, options.printerWidth);
  const attribute = createAttribution();
  let pending: Event[] = [];
  let stamps: Date[] = [];
  let file: LogFileOptions | undefined;

  const screen = (line: Line): string => {
    if (options.format === 'json') return jsonLine(line, options.invocationId);
    if (options.format === 'debug') return debugLine(line, options.invocationId, options.colors);
    return textLine(line, options.colors);
  };

  const flush = (): void => {
    if (file === undefined || pending.length === 0) return;
    const target = file;
    const lines = pending
      .map((event, index) => [event, stamps[index]!] as const)
      .filter(([event]) => isShown(event, target.level))
      .map(([event, at]) => {
        const line = toLine(event, plain, at);
        return target.format === 'json'
          ? jsonLine(line, options.invocationId)
          : debugLine(line, options.invocationId, false);
      });
    pending = [];
    stamps = [];
    if (lines.length > 0) append(target, `${lines.join('\n')}\n`);
  };

  return {
    emit(raw) {
      const event = attribute(raw);
      const at = new Date();
      if (isShown(event, options.level)) options.write(`${screen(toLine(event, style, at))}\n`);
      pending.push(event);
      stamps.push(at);
      if (pending.length >= 500) flush();
    },
    logTo(target) {
      file = target;
    },
    flush,
  };
}

function append(target: LogFileOptions, text: string): void {
  mkdirSync(dirname(target.path), { recursive: true });
  const size = statSync(target.path, { throwIfNoEntry: false })?.size ?? 0;
  if (target.maxBytes > 0 && size > target.maxBytes) renameSync(target.path, `${target.path}.1`);
  appendFileSync(target.path, text);
}
