import type { Level } from '../../model/index.ts';
import { type JsonSurroundings, jsonLine } from '../json.ts';
import { isShown, type LogFormat, toLine } from '../line.ts';
import type { Listener } from '../listener.ts';
import type { Style } from '../style.ts';
import { debugLine, textLine } from '../text.ts';

export interface LinesOptions {
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly write: (text: string) => void;
  readonly json: JsonSurroundings;
  /** Where a text line goes that is not the answer of a command asked for nothing else; without it, among the others. */
  readonly besideAnswer?: ((text: string) => void) | undefined;
}

/** dbt's lines, one event each: what a pipe gets. */
export function createLines({ format, level, write, json, besideAnswer }: LinesOptions, style: Style): Listener {
  return {
    hear(event, at) {
      if (!isShown(event, level)) return;
      const line = toLine(event, style, at);
      if (format === 'json') write(`${jsonLine(line, json)}\n`);
      else if (format === 'debug') write(`${debugLine(line, json.invocationId, style.colors)}\n`);
      else if (besideAnswer !== undefined && line.level === 'info' && event.name !== 'PrintEvent')
        besideAnswer(`${textLine(line, style.colors)}\n`);
      else write(`${textLine(line, style.colors)}\n`);
    },
  };
}
