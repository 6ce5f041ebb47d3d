/** Runs as the pages of the site read them; plain JSON in chunks. */

export interface RunSummary {
  /** The invocation's. */
  readonly id: string;
  readonly startedAt: string;
  /** Seconds. */
  readonly elapsed: number;
  readonly which: string;
  readonly command: string;
  readonly job: string;
  readonly target: string;
  readonly threads: number;
  readonly selection: string;
  readonly git: string;
  readonly user: string;
  /** How many nodes ended with each status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Middle of what the same command took before, in seconds; null where this was the first. */
  readonly usual: number | null;
}

/** Chunk `run-<id>`, column by column and times as what they are after the one before: half of the bytes. */
export interface PackedRun extends Omit<RunDetail, 'results' | 'parents'> {
  /** Null where they are those of the project's graph that ran too. */
  readonly parents: readonly (readonly number[] | null)[];
  readonly status: readonly string[];
  readonly thread: readonly string[];
  readonly started: readonly number[];
  readonly took: readonly number[];
  readonly rows: readonly (number | null)[];
  readonly bytes: readonly (number | null)[];
  readonly message: readonly string[];
  readonly usual: readonly number[];
}

/** Who reads whom in the project, by the core's indexes. */
export type ParentsOf = (index: number) => readonly number[];

export function packRun({ summary, ids, parents, results }: RunDetail, parentsOf: ParentsOf): PackedRun {
  const known = knownParents(ids, parentsOf);
  let before = 0;
  return {
    summary,
    ids,
    parents: parents.map((list, at) => (String([...list].sort((a, b) => a - b)) === String(known[at]) ? null : list)),
    status: results.map(([status]) => status),
    thread: results.map(([, thread]) => thread),
    started: results.map(([, , start]) => {
      const since = start - before;
      before = start;
      return since;
    }),
    took: results.map(([, , start, end]) => end - start),
    rows: results.map(([, , , , rows]) => rows),
    bytes: results.map(([, , , , , bytes]) => bytes),
    message: results.map(([, , , , , , message]) => message),
    usual: results.map(([, , , , , , , usual]) => usual),
  };
}

export function unpackRun(packed: PackedRun, parentsOf: ParentsOf): RunDetail {
  const { summary, ids, parents, status, thread, started, took, rows, bytes, message, usual } = packed;
  const known = knownParents(ids, parentsOf);
  let start = 0;
  return {
    summary,
    ids,
    parents: parents.map((list, at) => list ?? known[at] ?? []),
    results: status.map((one, at): RunDetailResult => {
      start += started[at] ?? 0;
      return [
        one,
        thread[at] ?? '',
        start,
        start + (took[at] ?? 0),
        rows[at] ?? null,
        bytes[at] ?? null,
        message[at] ?? '',
        usual[at] ?? -1,
      ];
    }),
  };
}

/** Of each node of the run those of its parents that ran too, by their place in the run. */
function knownParents(ids: RunDetail['ids'], parentsOf: ParentsOf): number[][] {
  const place = new Map(ids.map((id, at) => [id, at]));
  return ids.map((id) =>
    (typeof id === 'number' ? parentsOf(id) : []).flatMap((parent) => place.get(parent) ?? []).sort((a, b) => a - b),
  );
}

/** A run with all that its page shows. All lists have an entry for each node of the run. */
export interface RunDetail {
  readonly summary: RunSummary;
  /** Of the core, by index; the unique_id of one that is gone since. */
  readonly ids: readonly (number | string)[];
  readonly parents: readonly (readonly number[])[];
  readonly results: readonly RunDetailResult[];
}

/** Times in milliseconds from the start of the run. */
export type RunDetailResult = readonly [
  status: string,
  thread: string,
  start: number,
  end: number,
  rows: number | null,
  bytes: number | null,
  message: string,
  /** Middle of its durations in earlier runs; -1 where there are none. */
  usual: number,
];

/** Chunk `hist`: what each node did in the last runs, newest last, by their index in the core. */
export interface History {
  /** Ids of the runs that the entries name by index. */
  readonly runs: readonly string[];
  readonly nodes: Readonly<Record<string, readonly HistoryEntry[]>>;
}

export type HistoryEntry = readonly [run: number, status: string, milliseconds: number, rows: number | null];
