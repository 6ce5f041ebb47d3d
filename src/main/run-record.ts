import { existsSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { RunRecord } from '../artifacts/index.ts';
import type { ExecuteOutcome } from '../execute/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import type { Emit, SyncOutcome } from '../model/index.ts';
import type { Session } from './open-project.ts';

/** Messages longer than this are cut: the log has them whole. */
const LONGEST = 2000;
const BAD = new Set(['error', 'fail', 'runtime error', 'partial success', 'warn']);

/** Tells whoever follows the run from outside, such as `docs serve`, what its events say. Undefined where nothing is to be written. */
export async function liveRun(
  { project, request }: Session,
  nodes: readonly string[],
): Promise<{ readonly emit: Emit; end(): void } | undefined> {
  if (project.flags['write_json'] === false) return undefined;
  const { writeLiveRun } = await import('../artifacts/index.ts');
  const { id: run, command, startedAt } = project.invocation;
  const { name: target, threads } = project.target;
  const live = writeLiveRun(project.statePath, { run, command, target, startedAt, threads, nodes, pid: process.pid });
  return {
    emit(event) {
      live.hear(event);
      request.emit(event);
    },
    end: live.end,
  };
}

/** Keeps what the documentation shows of this run. */
export async function recordRun(
  session: Session,
  graph: ProjectGraph,
  { results, elapsed }: ExecuteOutcome,
): Promise<void> {
  const at = new Map(results.map(({ unique_id }, index) => [unique_id, index]));
  const began = Date.parse(session.project.invocation.startedAt);
  await keep(session, {
    which: session.request.which,
    elapsed,
    nodes: results.map(({ unique_id }) => unique_id),
    parents: results.map(({ unique_id: id }) =>
      graph.has(id) ? graph.parents(id).flatMap((one) => at.get(one) ?? []) : [],
    ),
    results: results.map((result) => {
      const [first] = result.timing;
      const last = result.timing.at(-1);
      return {
        status: result.status,
        thread: result.thread_id.replace(/^Thread-(\d+) \(worker\)$/, '$1'),
        start: first === undefined ? 0 : Date.parse(first.started_at) - began,
        end: last === undefined ? 0 : Date.parse(last.completed_at) - began,
        rows: numberOf(result.adapter_response['rows_affected']),
        bytes: numberOf(result.adapter_response['bytes_processed']),
        message: BAD.has(result.status) ? (result.message ?? '').slice(0, LONGEST) : '',
      };
    }),
  });
}

/** The same of syncs, which run one after another. */
export async function recordSyncs(session: Session, outcomes: readonly SyncOutcome[], elapsed: number): Promise<void> {
  if (outcomes.length === 0) return;
  const began = Date.parse(session.project.invocation.startedAt);
  await keep(session, {
    which: 'sync run',
    elapsed,
    nodes: outcomes.map(({ unique_id }) => unique_id),
    parents: outcomes.map(() => []),
    results: outcomes.map(({ status, started_at, execution_time, rows, bytes, message }) => {
      const start = Date.parse(started_at) - began;
      return {
        status,
        thread: '1',
        start,
        end: start + Math.round(execution_time * 1000),
        rows: numberOf(rows),
        bytes: numberOf(bytes),
        message: status === 'success' ? '' : message.slice(0, LONGEST),
      };
    }),
  });
}

type What = Pick<RunRecord, 'which' | 'elapsed' | 'nodes' | 'parents' | 'results'>;

/** A record that cannot be written spoils no run. */
async function keep({ project, request }: Session, what: What): Promise<void> {
  if (project.flags['write_json'] === false) return;
  const { writeRunRecord } = await import('../artifacts/index.ts');
  const { given } = request;
  const words = (['select', 'models', 'exclude', 'selector'] as const).flatMap((key) => {
    const value = given[key];
    return value === undefined ? [] : [`--${key} ${Array.isArray(value) ? value.join(' ') : String(value)}`];
  });
  try {
    writeRunRecord(project.statePath, {
      format: 1,
      // One command may both build and sync: each has a record.
      invocation_id: what.which === 'sync run' ? `${project.invocation.id}-sync` : project.invocation.id,
      started_at: project.invocation.startedAt,
      command: project.invocation.command,
      job: request.argv[0] === 'job' && request.argv[1] === 'run' ? (request.argv[2] ?? null) : null,
      target: project.target.name,
      threads: project.target.threads,
      selection: words.join(' '),
      git: commitOf(project.root.root),
      user: userName(),
      ...what,
      elapsed: Math.round(what.elapsed * 1000) / 1000,
    });
  } catch (error) {
    const base_msg = `The run's history could not be kept: ${(error as Error).message}`;
    request.emit({ name: 'AdapterEventWarning', data: { base_msg } });
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return null;
  }
}

/** The commit that is checked out, read without starting git. */
function commitOf(from: string): string | null {
  for (let folder = from, up = dirname(folder); ; folder = up, up = dirname(folder)) {
    const path = join(folder, '.git');
    if (existsSync(path)) return headOf(path);
    if (up === folder) return null;
  }
}

function headOf(path: string): string | null {
  try {
    // In a worktree, `.git` is a file that names the folder.
    const folder = statSync(path).isDirectory()
      ? path
      : resolve(
          dirname(path),
          readFileSync(path, 'utf8')
            .replace(/^gitdir:\s*/, '')
            .trim(),
        );
    const head = readFileSync(join(folder, 'HEAD'), 'utf8').trim();
    const name = /^ref:\s*(.+)$/.exec(head)?.[1];
    if (name === undefined) return head;
    const common = existsSync(join(folder, 'commondir'))
      ? resolve(folder, readFileSync(join(folder, 'commondir'), 'utf8').trim())
      : folder;
    const loose = [join(folder, name), join(common, name)].find((file) => existsSync(file));
    if (loose !== undefined) return readFileSync(loose, 'utf8').trim();
    const packed = readFileSync(join(common, 'packed-refs'), 'utf8');
    return (
      packed
        .split('\n')
        .find((line) => line.endsWith(` ${name}`))
        ?.split(' ')[0] ?? null
    );
  } catch {
    return null;
  }
}
