import type { Event, Level } from '../model/index.ts';
import type { Style } from './style.ts';
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

export const MAIN_THREAD = 'MainThread';

export type LogFormat = 'default' | 'text' | 'debug' | 'json';

const RANK: Readonly<Record<Level | 'none', number>> = { debug: 0, info: 1, warn: 2, error: 3, none: 4 };

export function toLine(event: Event, style: Style, at: Date): Line {
  const word = wordFor(event);
  return { event, code: word.code, level: levelOf(event), msg: word.say(event.data, style), at };
}

/** `print()` and the lines of `ls` are shown whatever the level, as in dbt. */
export function isShown(event: Event, minimum: Level | 'none'): boolean {
  if (minimum === 'none') return false;
  return event.name === 'PrintEvent' || RANK[levelOf(event)] >= RANK[minimum];
}

/** `19:03:00` in UTC. */
export function clock(at: Date): string {
  return at.toISOString().slice(11, 19);
}
