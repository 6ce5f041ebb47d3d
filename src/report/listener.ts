import type { Event } from '../model/index.ts';
import type { Watcher } from './watched.ts';

/** One of those who hear every event. */
export interface Listener {
  hear(event: Event, at: Date): void;
  /** The command is over: what is still held back is said now. */
  close?(): void;
  /** Told how far nodes are, where somebody looks. */
  readonly watcher?: Watcher;
  /** The project is known: its folder, to which the paths of problems are relative. */
  opened?(root: string): void;
}
