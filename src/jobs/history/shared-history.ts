import type { History, HistoryEntry } from './types.ts';

/** Where machines keep their entries together. */
export interface SharedEntries {
  write(entries: readonly HistoryEntry[]): Promise<void>;
  /** Entries of all machines that arrived after `mark`, and the mark to ask with next time; undefined at first. */
  read(mark: string | undefined): Promise<{ readonly entries: readonly HistoryEntry[]; readonly mark: string }>;
}

/**
 * History on this machine and of all others: what is written here lies in `own` at once and is shared with the next
 * exchange.
 * @param failed told once why an exchange could not be
 */
export function sharedHistory(own: History, shared: SharedEntries, failed: (why: string) => void): History {
  const others = new Map<string, HistoryEntry>();
  let waiting: HistoryEntry[] = [];
  let mark: string | undefined;
  let isTold = false;
  return {
    append(entry) {
      own.append(entry);
      waiting.push(entry);
    },
    since(from) {
      const first = new Date(from).toISOString();
      const mine = own.since(from);
      const known = new Set(mine.map(keyOf));
      const theirs = [...others].filter(([key, { at }]) => at >= first && !known.has(key)).map(([, entry]) => entry);
      if (theirs.length === 0) return mine;
      return [...mine, ...theirs].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
    async exchange() {
      try {
        const sent = waiting;
        if (sent.length > 0) await shared.write(sent);
        waiting = waiting.slice(sent.length);
        const came = await shared.read(mark);
        mark = came.mark;
        for (const entry of came.entries) others.set(keyOf(entry), entry);
      } catch (error) {
        if (!isTold) failed((error as Error).message.split('\n')[0] ?? '');
        isTold = true;
      }
    },
  };
}

/** A run's events at one moment differ by their kind. */
function keyOf(entry: HistoryEntry): string {
  const more = entry.event === 'step' ? `${entry.step} ${entry.attempt}` : 'model' in entry ? entry.model : '';
  return `${entry.run} ${entry.event} ${entry.at} ${more}`;
}
