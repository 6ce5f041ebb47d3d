import { fieldsOf } from '../plan/cron.ts';
import type { JobDefinition } from '../types.ts';

/** How a scheduler reaches tsdbt. */
export interface ExportOptions {
  /** The program as a shell writes it: `npx tsdbt`. */
  readonly command: string;
  /** Folder of the project, where the command is started. */
  readonly dir: string;
  /** Image of the containers, for Kubernetes. */
  readonly image: string;
  /** Name of the project: what the files are called, and what labels say. */
  readonly project: string;
}

/** A file for the scheduler, by its usual name. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

export type Exporter = (jobs: readonly JobDefinition[], options: ExportOptions) => readonly ExportedFile[];

/** Seconds after which a scheduler may think a run hangs: all waits, the job's own limit, and a little for its end. */
export function hardLimit({ timeout, waitFor }: JobDefinition): number {
  return Math.ceil(timeout + Math.max(0, ...waitFor.map(({ limit }) => limit)) + 120);
}

/** `5 22 * * *`: nicknames are not known everywhere. */
export function fiveFields({ schedule }: JobDefinition): string {
  return fieldsOf(schedule.text).join(' ');
}

/** A name Kubernetes and systemd take: small letters, digits and dashes. */
export function unitName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
