import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { History, HistoryEntry } from './types.ts';

const FILE = /^\d{4}-\d\d-\d\d\.jsonl$/;

/** What was read of a file so far: all before `offset`, in bytes. */
interface Loaded {
  offset: number;
  readonly entries: HistoryEntry[];
}

/**
 * History as one file of JSON lines for each day (UTC). A line is one write, so that processes do not mix theirs; it
 * begins with its line break, so that one that a crash cut short spoils itself alone. Files older than `keepDays` go.
 */
export function fileHistory(dir: string, keepDays = 90): History {
  mkdirSync(dir, { recursive: true });
  const loaded = new Map<string, Loaded>();
  let swept = '';
  const load = (name: string): readonly HistoryEntry[] => {
    const known = loaded.get(name) ?? { offset: 0, entries: [] };
    loaded.set(name, known);
    const path = join(dir, name);
    if (statSync(path).size === known.offset) return known.entries;
    const added = tail(path, known.offset);
    let start = 0;
    while (start < added.length) {
      const end = added.indexOf(10, start + 1);
      const entry = parse(added.toString('utf8', start, end < 0 ? added.length : end));
      // The last line may still be on its way.
      if (end < 0 && entry === undefined) break;
      if (entry !== undefined) known.entries.push(entry);
      start = end < 0 ? added.length : end;
    }
    known.offset += start;
    return known.entries;
  };
  return {
    append(entry) {
      const day = entry.at.slice(0, 10);
      if (day !== swept) sweep(dir, new Date(Date.parse(day) - keepDays * 86_400_000).toISOString().slice(0, 10));
      swept = day;
      appendFileSync(join(dir, `${day}.jsonl`), `\n${JSON.stringify(entry)}`);
    },
    since(from) {
      const first = new Date(from).toISOString();
      const day = first.slice(0, 10);
      const names = readdirSync(dir).filter((name) => FILE.test(name) && name.slice(0, 10) >= day);
      // Days after the first are wanted whole, and concat() copies them at once.
      return names.sort().reduce<readonly HistoryEntry[]>((found, name) => {
        const entries = load(name);
        return found.concat(name.startsWith(day) ? entries.filter(({ at }) => at >= first) : entries);
      }, []);
    },
  };
}

/** The bytes from `offset` on. */
function tail(path: string, offset: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(file);
  }
}

function parse(line: string): HistoryEntry | undefined {
  try {
    return JSON.parse(line) as HistoryEntry;
  } catch {
    return undefined;
  }
}

function sweep(dir: string, before: string): void {
  for (const name of readdirSync(dir)) if (FILE.test(name) && name.slice(0, 10) < before) unlinkSync(join(dir, name));
}
