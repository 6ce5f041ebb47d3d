import {
  type History,
  type HistoryEntry,
  type ParentsOf,
  packRun,
  type RunDetail,
  type RunDetailResult,
  type RunSummary,
} from '../format/runs.ts';
import { type Loose, list, number, record, text } from './loose.ts';

/** A run whose nodes are still named by their ids. */
type NamedRun = Omit<RunDetail, 'ids'> & { readonly ids: readonly string[] };

export interface Runs {
  readonly summaries: readonly RunSummary[];
  readonly details: readonly NamedRun[];
  /** Runs, and what each node did in them, by unique_id. */
  readonly history: { readonly runs: readonly string[]; readonly nodes: ReadonlyMap<string, readonly HistoryEntry[]> };
  /** The newest result of each node: status and milliseconds. */
  readonly last: ReadonlyMap<string, { readonly status: string; readonly duration: number }>;
}

/** So many runs have a page of their own. */
const DETAILED = 50;
/** So many results of each node are kept. */
const REMEMBERED = 30;

/** The history of the project, oldest first in, newest first out. A record of a newer format, or a broken one, is left out. */
export function runsOf(records: readonly unknown[]): Runs {
  const known = new Map<string, Loose>();
  for (const one of records.map(record)) {
    if (one['format'] === 1 && text(one['invocation_id']) !== '') known.set(text(one['invocation_id']), one);
  }
  const sorted = [...known.values()].sort((a, b) => (text(a['started_at']) < text(b['started_at']) ? -1 : 1));
  const elapsed = new Map<string, number[]>();
  const durations = new Map<string, number[]>();
  const entries = new Map<string, HistoryEntry[]>();
  const last = new Map<string, { status: string; duration: number }>();
  const summaries: RunSummary[] = [];
  const details: NamedRun[] = [];
  sorted.forEach((one, run) => {
    const ids = list(one['nodes']).map(text);
    const results = list(one['results']).map(record);
    const key = [one['which'], one['selection'], one['target']].map(text).join('\n');
    const before = elapsed.get(key) ?? [];
    const summary = summaryOf(one, results, before);
    elapsed.set(key, [...before, summary.elapsed].slice(-20));
    summaries.push(summary);
    const detail: NamedRun = {
      summary,
      ids,
      parents: ids.map((_, at) =>
        list(list(one['parents'])[at])
          .map((parent) => number(parent) ?? -1)
          .filter((at) => at >= 0 && at < ids.length),
      ),
      results: ids.map((id, at) => resultOf(results[at] ?? {}, durations.get(id) ?? [])),
    };
    details.push(detail);
    ids.forEach((id, at) => {
      const [status, , start, end, rows] = detail.results[at] as RunDetailResult;
      if (status === 'skipped') return;
      const duration = Math.max(0, end - start);
      last.set(id, { status, duration });
      durations.set(id, [...(durations.get(id) ?? []), duration].slice(-20));
      entries.set(id, [...(entries.get(id) ?? []), [run, status, duration, rows] as const].slice(-REMEMBERED));
    });
  });
  return {
    summaries: summaries.reverse(),
    details: details.reverse().slice(0, DETAILED),
    history: { runs: sorted.map((one) => text(one['invocation_id'])), nodes: entries },
    last,
  };
}

function summaryOf(one: Loose, results: readonly Loose[], before: readonly number[]): RunSummary {
  const counts: Record<string, number> = {};
  for (const { status } of results) counts[text(status)] = (counts[text(status)] ?? 0) + 1;
  return {
    id: text(one['invocation_id']),
    startedAt: text(one['started_at']),
    elapsed: number(one['elapsed']) ?? 0,
    which: text(one['which']),
    command: text(one['command']),
    job: text(one['job']),
    target: text(one['target']),
    threads: number(one['threads']) ?? 1,
    selection: text(one['selection']),
    git: text(one['git']).slice(0, 10),
    user: text(one['user']),
    counts,
    usual: middle(before),
  };
}

function resultOf(one: Loose, before: readonly number[]): RunDetailResult {
  const start = Math.max(0, number(one['start']) ?? 0);
  return [
    text(one['status']),
    text(one['thread']),
    start,
    Math.max(start, number(one['end']) ?? 0),
    number(one['rows']),
    number(one['bytes']),
    text(one['message']),
    middle(before) ?? -1,
  ];
}

/** The median; null of nothing. */
export function middle(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] as number)) / 2;
}

/** The parts of the site: nodes named by their index, which is shorter, where they are still there. */
export function runParts(
  runs: Runs,
  indexOf: ReadonlyMap<string, number>,
  parentsOf: ParentsOf,
): (readonly [string, unknown])[] {
  if (runs.summaries.length === 0) return [];
  const details = runs.details.map((one) =>
    packRun({ ...one, ids: one.ids.map((id) => indexOf.get(id) ?? id) }, parentsOf),
  );
  const known = [...runs.history.nodes].flatMap(([id, entries]): [number, readonly HistoryEntry[]][] => {
    const index = indexOf.get(id);
    return index === undefined ? [] : [[index, entries]];
  });
  const history: History = { runs: runs.history.runs, nodes: Object.fromEntries(known) };
  return [
    ['runs', runs.summaries],
    ['hist', history],
    ...details.map((one) => [`run-${one.summary.id}`, one] as const),
  ];
}
