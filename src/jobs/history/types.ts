import type { RunEnd, SkipReason, UnitResult } from '../types.ts';

interface Entry {
  readonly job: string;
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export type HistoryEntry = Entry &
  (
    | { readonly event: 'started'; readonly pid: number }
    | {
        readonly event: 'step';
        readonly step: string;
        readonly attempt: number;
        readonly ok: boolean;
        readonly seconds: number;
        readonly units: readonly UnitResult[];
        readonly message?: string | undefined;
      }
    | {
        readonly event: 'ended';
        readonly status: RunEnd;
        readonly seconds: number;
        readonly rows: number;
        readonly bytes: number;
        readonly attempts: number;
        readonly skipped?: SkipReason | undefined;
        readonly message?: string | undefined;
      }
    /** Somebody was told that a promised model is late, or that it is not any more. */
    | { readonly event: 'late' | 'fresh'; readonly model: string }
  );

/** What runs leave behind, append only. */
export interface History {
  append(entry: HistoryEntry): void;
  /** Entries from a moment (milliseconds since 1970) on, oldest first. */
  since(from: number): readonly HistoryEntry[];
  /** Where others keep the history too: theirs come, ours go. That it cannot is told, and no failure. */
  exchange?(): Promise<void>;
}
