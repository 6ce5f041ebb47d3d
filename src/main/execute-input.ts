import type { ExecuteInput } from '../execute/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import { momentOf, type TimeWindow } from '../util/time-window.ts';
import type { Database } from './database.ts';
import { fileSink } from './files.ts';
import type { Session } from './open-project.ts';

/** What running nodes needs, as the project and its flags say; a command changes what is its own. */
export async function executeInput(session: Session, database: Database, graph: ProjectGraph): Promise<ExecuteInput> {
  const { project, request } = session;
  return {
    compiler: await session.compiler(),
    adapter: database.adapter,
    graph,
    threads: project.target.threads,
    failFast: project.flags['fail_fast'] === true,
    emit: request.emit,
    write: fileSink(project),
    hooks: 'run',
    compileOnly: false,
    eventTime: { now: project.invocation.now, asked: await askedTime(project) },
    batchesBefore: request.retried?.batches,
    interrupted: request.interrupted,
    queryComment: project.queryComment,
  };
}

/** What microbatch models are asked to build: `--event-time-start` and `-end`, or the sample. */
async function askedTime({ flags, invocation }: Session['project']): Promise<TimeWindow | undefined> {
  if (flags['sample'] != null) {
    const { sampleWindow } = await import('../compile/index.ts');
    return sampleWindow(String(flags['sample']), invocation.now);
  }
  const [start, end] = [flags['event_time_start'], flags['event_time_end']].map((edge) => momentOf(String(edge ?? '')));
  return start === undefined || end === undefined ? undefined : { start, end };
}
