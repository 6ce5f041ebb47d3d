import type { Level } from '../../model/index.ts';
import { wrapped } from '../../util/wrapped.ts';
import type { Style } from '../style.ts';

export interface Word {
  readonly code: string;
  readonly level: Level;
  say(data: EventData, style: Style): string;
}

export type Words = Readonly<Record<string, Word>>;

export type EventData = Readonly<Record<string, unknown>>;

export function text(data: EventData, key: string): string {
  const value = data[key];
  return value === undefined || value === null ? '' : String(value);
}

export function num(data: EventData, key: string): number {
  return Number(data[key] ?? 0);
}

/** The fields a fancy line needs, read from an event that carries index, total and execution_time. */
export function place(data: EventData): { index: number | null; total: number | null; executionTime?: number } {
  const index = data['index'] === undefined ? null : num(data, 'index');
  const total = data['total'] ?? data['num_models'];
  const at = { index, total: total === undefined ? null : Number(total) };
  return data['execution_time'] === undefined ? at : { ...at, executionTime: num(data, 'execution_time') };
}

export const warningTag = (style: Style, message: string): string => `[${style.yellow('WARNING')}]: ${message}`;
export const errorTag = (style: Style, message: string): string => `[${style.red('ERROR')}]: ${message}`;

export const warning = (code: string, say: (data: EventData) => string): Word => ({
  code,
  level: 'warn',
  say: (data, style) => warningTag(style, say(data)),
});

/** dbt breaks lines as if the codes of the colour were words, also where there are none. */
const UNSEEN = '#'.repeat('\u001b[33m\u001b[0m'.length);

/** In lines as wide as asked for. Newer deprecations have their name in front of them; older ones have none to show. */
export const deprecation = (code: string, name: string | undefined, say: (data: EventData) => string): Word => ({
  code,
  level: 'warn',
  say(data, style) {
    const tag = warningTag(style, '').slice(0, -2);
    const head = `${tag}${name === undefined ? '' : `[${name}]`}: Deprecated functionality`;
    const unseen = style.colors ? '' : UNSEEN;
    const first = wrapped(`${unseen}${head}`, style.width).slice(unseen.length);
    const rest = say(data).split('\n');
    return [first, ...rest.map((line) => wrapped(line, style.width))].join('\n');
  },
});
