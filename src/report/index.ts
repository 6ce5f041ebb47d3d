import { TsdbtError } from '../error/index.ts';
import type { Emit, Event, Level } from '../model/index.ts';
import type { Data } from '../util/data.ts';
import { metadataEnv, secretHider } from '../util/env-var.ts';
import { fateOfWarning } from '../util/warn-error.ts';
import { createAttribution } from './attribute.ts';
import { createDeprecations } from './deprecations.ts';
import type { JsonSurroundings } from './json.ts';
import { type LogFormat, toLine } from './line.ts';
import type { Listener } from './listener.ts';
import { createGithub, type GithubOptions } from './listeners/github.ts';
import { createHeartbeat } from './listeners/heartbeat.ts';
import { createLines } from './listeners/lines.ts';
import { createLive } from './listeners/live.ts';
import { createLogFile, type LogFileOptions } from './listeners/log-file.ts';
import { createMinimal } from './listeners/minimal.ts';
import type { Frame } from './live/region.ts';
import { createStyle } from './style.ts';
import { levelOf } from './vocabulary.ts';
import type { Watcher } from './watched.ts';

export { excerpt, withColumn } from './frame.ts';
export { describeEvent, type LogFormat } from './line.ts';
export type { Listener } from './listener.ts';
export type { LogFileOptions } from './listeners/log-file.ts';
export type { CriticalPath, NodeProgress, TimeLeft, Watcher } from './watched.ts';

/** How progress is shown: `none` is dbt's lines in a pipe, `plain` the same with a word on stderr when nothing ends for long. */
export type Progress = 'live' | 'plain' | 'minimal' | 'none';

export interface ReportOptions {
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly colors: boolean;
  readonly printerWidth: number;
  readonly invocationId: string;
  readonly progress?: Progress;
  /** Of it what is told to nobody (DBT_ENV_SECRET…), and what JSON lines carry along (DBT_ENV_CUSTOM_ENV_…). */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where lines go; a test may listen here. */
  readonly write: (text: string) => void;
  /** The command is asked for its answer, which shells count and cut: in text, other information is written aside. */
  readonly answersOnly?: boolean;
  /** Where a word about what still runs goes, beside the lines. */
  readonly writeAside?: (text: string) => void;
  /** Size and abilities of the terminal, for `live`. */
  readonly frame?: () => Frame;
  /** Another who hears every event. */
  readonly listener?: Listener;
  /** Annotations and a job summary, where GitHub Actions runs us. */
  readonly github?: Pick<GithubOptions, 'workspace' | 'summary'> | undefined;
}

type Flags = Readonly<Record<string, Data>>;

/** The event bus: every event goes to every listener. */
export interface Reporter {
  /** Throws where the flags make an error of a warning. */
  readonly emit: Emit;
  /** Once the project is read: where it lies, and where its log file goes. Events before it are written there too. */
  opened(root: string, log: LogFileOptions, flags: Flags): void;
  /** Known once the project is opened; undefined where nobody looks at what is going on. */
  watcher(): Watcher | undefined;
  /** The command has done its work: what was deprecated is summed up. */
  conclude(): void;
  /** The command is over: everything held back is written, the terminal is as it was. */
  close(): void;
}

/** `settle`, where it is given, says how lines look once the project's flags are known; until then events wait. */
export function createReporter(options: ReportOptions, settle?: (flags: Flags) => ReportOptions): Reporter {
  const attribute = createAttribution();
  const deprecations = createDeprecations();
  const logFile = createLogFile(options.printerWidth, jsonSurroundings(options));
  const others = options.listener === undefined ? [logFile] : [logFile, options.listener];
  let screen = settle === undefined ? screenListeners(options) : undefined;
  let waiting: (readonly [Event, Date])[] = [];
  let flags: Flags = {};
  const settled = (with_: ReportOptions): readonly Listener[] => {
    if (screen !== undefined) return screen;
    screen = screenListeners(with_);
    for (const [event, at] of waiting) for (const listener of screen) listener.hear(event, at);
    waiting = [];
    return screen;
  };
  const emit: Emit = (raw) => {
    if (isWarning(raw)) {
      const fate = fateOfWarning(flags, raw.name);
      if (fate === 'silenced') return;
      if (fate === 'raised') throw raised(raw, options);
    }
    if (!deprecations.counts(raw, flags['show_all_deprecations'] === true)) return;
    const event = attribute(raw);
    const at = new Date();
    if (screen === undefined) waiting.push([event, at]);
    for (const listener of [...(screen ?? []), ...others]) listener.hear(event, at);
  };
  return {
    emit,
    opened(root, log, given) {
      flags = given;
      logFile.logTo(log);
      for (const listener of [...settled(settle?.(given) ?? options), ...others]) listener.opened?.(root);
    },
    watcher: () => screen?.find(({ watcher }) => watcher !== undefined)?.watcher,
    conclude() {
      const summary = deprecations.summary(flags['show_all_deprecations'] === true);
      if (summary === undefined || fateOfWarning(flags, summary.name) === 'silenced') return;
      const at = new Date();
      for (const listener of [...settled(options), ...others]) listener.hear(summary, at);
    },
    close() {
      for (const listener of [...settled(options), ...others]) listener.close?.();
    },
  };
}

/** Results of nodes have a level of their own: no warning is raised for them. */
function isWarning(event: Event): boolean {
  return levelOf(event) === 'warn' && event.data['node_info'] === undefined;
}

function raised(event: Event, options: ReportOptions): TsdbtError {
  const message = toLine(event, createStyle(false, options.printerWidth), new Date()).msg;
  return new TsdbtError({ code: 'TSD2003', message });
}

function jsonSurroundings({ invocationId, env = {} }: ReportOptions): JsonSurroundings {
  return { invocationId, hide: secretHider(env), extra: metadataEnv(env) };
}

function screenListeners(options: ReportOptions): Listener[] {
  const { format, progress = 'none', frame, github } = options;
  const json = jsonSurroundings(options);
  const { hide } = json;
  const write = (text: string): void => options.write(hide(text));
  const { writeAside: aside } = options;
  const writeAside = aside === undefined ? undefined : (text: string): void => aside(hide(text));
  const style = createStyle(options.colors, options.printerWidth);
  const isText = format === 'default' || format === 'text';
  const besideAnswer = options.answersOnly === true ? writeAside : undefined;
  const main =
    isText && progress === 'live' && frame !== undefined
      ? createLive({ level: options.level, write, frame }, style)
      : isText && progress === 'minimal'
        ? createMinimal(write, style)
        : createLines({ ...options, write, besideAnswer, json }, style);
  return [
    main,
    ...(isText && github !== undefined ? [createGithub({ write, hide, ...github })] : []),
    ...(progress === 'plain' && writeAside !== undefined ? [createHeartbeat(writeAside)] : []),
  ];
}
