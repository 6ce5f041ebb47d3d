import { randomUUID } from 'node:crypto';
import type { Level } from '../model/index.ts';
import type { LogFormat, Progress, ReportOptions } from '../report/index.ts';
import type { Given } from './command.ts';
import { progressOf } from './progress.ts';

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

/** How lines look, known before the project is read: the command line, then the environment, then what the terminal is. */
export function reportSettings(given: Given, env: NodeJS.ProcessEnv, isTerminal: boolean): ReportSettings {
  const read = (key: string): string | undefined => {
    if (given[key] !== undefined) return String(given[key]);
    const name = key.toUpperCase();
    return env[`DBT_ENGINE_${name}`] ?? env[`DBT_${name}`];
  };
  const isOn = (key: string): boolean => isTrue(read(key));
  const debug = isOn('debug');
  const level = debug ? 'debug' : isOn('quiet') ? 'error' : ((read('log_level') ?? 'info') as Level);
  const format = (read('log_format') ?? 'default') as LogFormat;
  const isText = format !== 'json' && !debug && format !== 'debug';
  return {
    debug,
    progress: progressOf(given['progress'] as string | undefined, env, isTerminal, isText),
    github: githubOf(env),
    level,
    format: debug && format === 'default' ? 'debug' : format,
    // In JSON, messages are coloured as dbt's are, terminal or not: readers take the codes out themselves.
    colors: wantsColors(read('use_colors'), env, isTerminal || format === 'json'),
    printerWidth: Number(read('printer_width') ?? 80) || 80,
    invocationId: randomUUID(),
  };
}

function githubOf(env: NodeJS.ProcessEnv): ReportOptions['github'] {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined;
  return { workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(), summary: env['GITHUB_STEP_SUMMARY'] };
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
