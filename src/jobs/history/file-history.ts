import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { History, HistoryEntry } from './types.ts';

const FILE = /^\d{4}-\d\d-\d\d\.jsonl$/;

interface Loaded {
  readonly size: number;
  readonly entries: readonly HistoryEntry[];
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
    const path = join(dir, name);
    const size = statSync(path).size;
    const known = loaded.get(name);
    if (known?.size === size) return known.entries;
    const entries = readFileSync(path, 'utf8').split('\n').flatMap(parse);
    loaded.set(name, { size, entries });
    return entries;
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
      const names = readdirSync(dir).filter((name) => FILE.test(name) && name.slice(0, 10) >= first.slice(0, 10));
      return names
        .sort()
        .flatMap(load)
        .filter(({ at }) => at >= first);
    },
  };
}

function parse(line: string): HistoryEntry[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as HistoryEntry];
  } catch {
    return [];
  }
}

function sweep(dir: string, before: string): void {
  for (const name of readdirSync(dir)) if (FILE.test(name) && name.slice(0, 10) < before) unlinkSync(join(dir, name));
}
