import type { Event } from '../model/index.ts';
import { wordFor } from './vocabulary.ts';

/** Counts what is deprecated: each kind is told once, all of them in one line at the end. One per invocation. */
export interface Deprecations {
  /** Whether the event is to be told; those that are no deprecations always are. */
  counts(event: Event, showAll: boolean): boolean;
  /** What is told at the end, if anything was deprecated. */
  summary(showAll: boolean): Event | undefined;
}

const SUMMARY = 'DeprecationsSummary';

export function createDeprecations(): Deprecations {
  const seen = new Map<string, { readonly event_code: string; readonly occurrences: number }>();
  return {
    counts(event, showAll) {
      const { code } = wordFor(event);
      if (!/^D0\d\d$/.test(code) || event.name === SUMMARY) return true;
      const occurrences = (seen.get(event.name)?.occurrences ?? 0) + 1;
      seen.set(event.name, { event_code: code, occurrences });
      return showAll || occurrences === 1;
    },
    summary(showAll) {
      if (seen.size === 0) return undefined;
      const summaries = [...seen].map(([event_name, count]) => ({ event_name, ...count }));
      return { name: SUMMARY, data: { summaries, show_all_hint: !showAll } };
    },
  };
}
