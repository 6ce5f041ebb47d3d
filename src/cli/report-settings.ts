import { randomUUID } from 'node:crypto';
import type { Level } from '../model/index.ts';
import type { LogFormat, Progress, ReportOptions } from '../report/index.ts';
import type { Given } from './command.ts';
import { LOG_FORMATS, LOG_LEVELS } from './options.ts';
import { progressOf } from './progress.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReportSettings {
  readonly format: LogFormat;
  readonly level: Level | 'none';
  readonly colors: boolean;
  readonly printerWidth: number;
  readonly invocationId: string;
  readonly debug: boolean;
  readonly progress: Progress;
  readonly github: ReportOptions['github'];
}

/** How lines look: the command line, then the environment, then the project's flags where they are known, then what the terminal is. */
export function reportSettings(
  given: Given,
  { env, isTerminal, cwd }: Pick<Surroundings, 'env' | 'isTerminal' | 'cwd'>,
  flags: Readonly<Record<string, unknown>> = {},
): ReportSettings {
  const readStarted = (key: string): string | undefined => {
    if (given[key] !== undefined) return String(given[key]);
    const name = key.toUpperCase();
    return env[`DBT_ENGINE_${name}`] || env[`DBT_${name}`] || undefined;
  };
  const read = (key: string): string | undefined => {
    const said = readStarted(key);
    if (said !== undefined) return said;
    return flags[key] == null ? undefined : String(flags[key]);
  };
  const isOn = (key: string): boolean => isTrue(read(key));
  const debug = isOn('debug');
  const level = debug ? 'debug' : isOn('quiet') ? 'error' : oneOf(LOG_LEVELS, read('log_level'), 'info');
  const format = oneOf(LOG_FORMATS, read('log_format'), 'default');
  // That they are on is dbt's default; whoever wants them in a pipe says so where the command is started.
  const saidOfColors = flags['use_colors'] === true ? readStarted('use_colors') : read('use_colors');
  const isText = format !== 'json' && !debug && format !== 'debug';
  return {
    debug,
    progress: progressOf(given['progress'] as string | undefined, env, isTerminal, isText),
    github: githubOf(env, cwd),
    level,
    format: debug && format === 'default' ? 'debug' : format,
    // In JSON, messages are coloured as dbt's are, terminal or not: readers take the codes out themselves.
    colors: wantsColors(saidOfColors, env, isTerminal || format === 'json'),
    printerWidth: Number(read('printer_width') ?? 80) || 80,
    invocationId: randomUUID(),
  };
}

/** What is no choice at all is refused later, by who reads the flags: that has to be seen. */
function oneOf<T extends string>(choices: readonly T[], said: string | undefined, byDefault: T): T {
  return choices.find((choice) => choice === said?.toLowerCase()) ?? byDefault;
}

function githubOf(env: NodeJS.ProcessEnv, cwd: string): ReportOptions['github'] {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined;
  return { workspace: env['GITHUB_WORKSPACE'] ?? cwd, summary: env['GITHUB_STEP_SUMMARY'] };
}

function wantsColors(flag: string | undefined, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (flag !== undefined) return isTrue(flag);
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}

function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['1', 'true', 't', 'yes', 'y', 'on'].includes(text.toLowerCase());
}
