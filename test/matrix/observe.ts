import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { shapeOf } from './shape.ts';
import type { Answer } from './tools.ts';

/** What one command did, as far as another program or a person can tell; times, versions and paths are masked. */
export interface Observation {
  readonly code: number | null;
  /** Lines of standard output. */
  readonly stdout: readonly string[];
  /** Whether a word was said on standard error. */
  readonly stderr: boolean;
  /** Names of the events above debug level, in their order, and the kinds of those at debug level. */
  readonly events: readonly string[];
  readonly debugEvents: readonly string[];
  /** Files below the project that are made by running. */
  readonly files: readonly string[];
  /** Paths of keys in each artifact; what run_results.json says, as it says it. */
  readonly artifacts: Readonly<Record<string, unknown>>;
}

export function observe({ code, stdout, stderr }: Answer, folder: string): Observation {
  const logs = filesBelow(folder).filter((path) => path.endsWith('dbt.log'));
  const events = logs.flatMap((path) => eventsOf(readFileSync(join(folder, path), 'utf8')));
  const files = filesBelow(folder).filter(
    (path) => !/^(?:models|seeds|macros|analyses|snapshots|state|pkg)\//.test(path),
  );
  const level = (one: LoggedEvent): boolean => one.info.level === 'debug';
  return {
    code,
    stdout: masked(stdout, folder),
    stderr: stderr.trim() !== '',
    events: events.filter((one) => !level(one)).map(({ info }) => `${info.level} ${info.code} ${info.name}`),
    debugEvents: [...new Set(events.filter(level).map(({ info }) => `${info.code} ${info.name}`))].sort(),
    files,
    artifacts: Object.fromEntries(
      files.filter((path) => path.endsWith('.json')).map((path) => [path, shapeOf(join(folder, path), folder)]),
    ),
  };
}

interface LoggedEvent {
  readonly info: { readonly name: string; readonly code: string; readonly level: string };
}

function eventsOf(log: string): LoggedEvent[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LoggedEvent);
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

const COLORS = /\u001b\[\d+m/g;

/** Lines without what differs between two runs of the same command. */
function masked(text: string, folder: string): string[] {
  return maskTexts(text, folder)
    .replace(COLORS, '')
    .replace(/^\d\d:\d\d:\d\d(?:\.\d+)?(?= )/gm, 'TIME')
    .split('\n')
    .map((line) => (line.startsWith('{"data"') ? maskedEvent(line) : line).trimEnd());
}

/** Of an event only what it is: its fields are compared elsewhere. */
function maskedEvent(line: string): string {
  const { data, info } = JSON.parse(line) as {
    data: object;
    info: { name: string; level: string; code: string; msg: string };
  };
  return `${info.level} ${info.code} ${info.name} {${Object.keys(data).sort().join(' ')}} ${info.msg}`;
}

export function maskTexts(text: string, folder: string): string {
  return text
    .replaceAll(folder, '<project>')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)?/g, '<moment>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\bin -?\d+(?:\.\d+)?s\b/g, 'in Ns')
    .replace(
      /\bin (?:\d+ hours? )?(?:\d+ minutes? and )?\d+(?:\.\d+)? seconds \(\d+(?:\.\d+)?s\)/g,
      'in N seconds (Ns)',
    )
    .replace(/\b\d+ macros\b/g, 'N macros')
    .replace(/\bafter \d+\.\d+ seconds/g, 'after N seconds')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>');
}
