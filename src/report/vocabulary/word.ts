import type { Level } from '../../model/index.ts';
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
