import type { Emit, Level } from '../model/index.ts';
import { createAttribution } from './attribute.ts';
import type { LogFormat } from './line.ts';
import type { Listener } from './listener.ts';
import { createGithub, type GithubOptions } from './listeners/github.ts';
import { createHeartbeat } from './listeners/heartbeat.ts';
import { createLines } from './listeners/lines.ts';
import { createLive } from './listeners/live.ts';
import { createLogFile, type LogFileOptions } from './listeners/log-file.ts';
import { createMinimal } from './listeners/minimal.ts';
import type { Frame } from './live/region.ts';
import { createStyle } from './style.ts';

export { excerpt } from './frame.ts';
export type { LogFormat } from './line.ts';
export type { LogFileOptions } from './listeners/log-file.ts';

/** How progress is shown: `none` is dbt's lines in a pipe, `plain` the same with a word on stderr when nothing ends for long. */
export type Progress = 'live' | 'plain' | 'minimal' | 'none';

export interface ReportOptions {
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly colors: boolean;
  readonly printerWidth: number;
  readonly invocationId: string;
  readonly progress?: Progress;
  /** Where lines go; a test may listen here. */
  readonly write: (text: string) => void;
  /** Where a word about what still runs goes, beside the lines. */
  readonly writeAside?: (text: string) => void;
  /** Size and abilities of the terminal, for `live`. */
  readonly frame?: () => Frame;
  /** Annotations and a job summary, where GitHub Actions runs us. */
  readonly github?: Pick<GithubOptions, 'workspace' | 'summary'> | undefined;
}

/** The event bus: every event goes to every listener. */
export interface Reporter {
  readonly emit: Emit;
  /** Once the project is read: where it lies, and where its log file goes. Events before it are written there too. */
  opened(root: string, log: LogFileOptions): void;
  /** The command is over: everything held back is written, the terminal is as it was. */
  close(): void;
}

export function createReporter(options: ReportOptions): Reporter {
  const attribute = createAttribution();
  const logFile = createLogFile(options.invocationId, options.printerWidth);
  const listeners: readonly Listener[] = [...screenListeners(options), logFile];
  return {
    emit(raw) {
      const event = attribute(raw);
      const at = new Date();
      for (const listener of listeners) listener.hear(event, at);
    },
    opened(root, log) {
      logFile.logTo(log);
      for (const listener of listeners) listener.opened?.(root);
    },
    close() {
      for (const listener of listeners) listener.close?.();
    },
  };
}

function screenListeners(options: ReportOptions): Listener[] {
  const { format, progress = 'none', write, writeAside, frame, github } = options;
  const style = createStyle(options.colors, options.printerWidth);
  const isText = format === 'default' || format === 'text';
  const main =
    isText && progress === 'live' && frame !== undefined
      ? createLive({ level: options.level, write, frame }, style)
      : isText && progress === 'minimal'
        ? createMinimal(write, style)
        : createLines(options, style);
  return [
    main,
    ...(isText && github !== undefined ? [createGithub({ write, ...github })] : []),
    ...(progress === 'plain' && writeAside !== undefined ? [createHeartbeat(writeAside)] : []),
  ];
}
