import type { Event, Level } from '../model/index.ts';
import { createStyle, type Style } from './style.ts';
import { levelOf, wordFor } from './vocabulary.ts';

/** What a listener needs to know of one event, put into words once. */
export interface Line {
  readonly event: Event;
  readonly code: string;
  readonly level: Level;
  readonly msg: string;
  /** UTC. */
  readonly at: Date;
}

const PLAIN = createStyle(false, 80);

export const MAIN_THREAD = 'MainThread';

export type LogFormat = 'default' | 'text' | 'debug' | 'json';

const RANK: Readonly<Record<Level | 'none', number>> = { debug: 0, info: 1, warn: 2, error: 3, none: 4 };

export function toLine(event: Event, style: Style, at: Date): Line {
  const word = wordFor(event);
  return { event, code: word.code, level: levelOf(event), msg: word.say(event.data, style), at };
}

/** What was asked for: `print()`, the lines of `ls`, rows and statements. It stands alone on its line, whatever the level. */
export const ANSWERS: ReadonlySet<string> = new Set(['PrintEvent', 'ShowNode', 'CompiledNode']);

export function isShown(event: Event, minimum: Level | 'none'): boolean {
  if (minimum === 'none') return false;
  return ANSWERS.has(event.name) || RANK[levelOf(event)] >= RANK[minimum];
}

/** `19:03:00` in UTC. */
export function clock(at: Date): string {
  return at.toISOString().slice(11, 19);
}

/** The event as a program reads it: dbt's code and level, and its words without colours. */
export function describeEvent(event: Event, at: Date) {
  const { code, level, msg } = toLine(event, PLAIN, at);
  const { name, data, thread = MAIN_THREAD } = event;
  return { name, code, level, message: msg, at, thread, data };
}
