import type { HistoryEntry } from '../history/types.ts';
import type { JobDefinition, Wait } from '../types.ts';
import { lastStart } from './window.ts';

/** What is waited for, and since when it must have succeeded (milliseconds since 1970). */
export interface Need {
  readonly what: string;
  readonly since: number;
  readonly limit: number;
  isMet(entry: HistoryEntry): boolean;
}

/**
 * What a run that begins at `now` waits for. A job must have succeeded in a run that began when it was last due or later
 * (moments inside its own skip windows are not due); a model must have been built within its time.
 */
export function needsOf(waits: readonly Wait[], jobs: readonly JobDefinition[], now: number): Need[] {
  return waits.map((wait) => (wait.kind === 'job' ? jobNeed(wait, jobs, now) : modelNeed(wait, now)));
}

/** Needs that no entry of the history meets. */
export function unmet(needs: readonly Need[], entries: readonly HistoryEntry[]): Need[] {
  const beganInTime = ({ run }: HistoryEntry, since: number): boolean =>
    entries.some((entry) => entry.run === run && entry.event === 'started' && Date.parse(entry.at) >= since);
  return needs.filter((need) => !entries.some((entry) => need.isMet(entry) && beganInTime(entry, need.since)));
}

function jobNeed({ job, limit }: Wait & { kind: 'job' }, jobs: readonly JobDefinition[], now: number): Need {
  const other = jobs.find(({ name }) => name === job)!;
  const since = lastStart(other.schedule, other.skip, now) ?? now;
  const isMet = (entry: HistoryEntry): boolean =>
    entry.job === job && entry.event === 'ended' && entry.status === 'success';
  return { what: `job ${job}`, since, limit, isMet };
}

function modelNeed({ model, within, limit }: Wait & { kind: 'model' }, now: number): Need {
  const isMet = (entry: HistoryEntry): boolean => entry.event === 'step' && builtModels(entry).includes(model);
  return { what: `model ${model}`, since: now - within * 1000, limit, isMet };
}

/** Names of the models a step has built. */
export function builtModels(entry: HistoryEntry & { event: 'step' }): string[] {
  return entry.units
    .filter(({ name, status }) => status === 'success' && /^(?:model|seed|snapshot)\./.test(name))
    .map(({ name }) => name.split('.').slice(2).join('.'));
}
