import type { Adapter } from '../adapter/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { Clock, Service, Step, StepOutcome } from '../jobs/index.ts';
import type { Project } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { connect, type Database } from './database.ts';
import { openProject, type Session } from './open-project.ts';
import { outputs } from './outputs.ts';
import type { Request } from './request.ts';
import { historyPlace } from './run-history.ts';

type PostStep = Step & { kind: 'post' };

/** The step `post`: rows of a query to a service. */
export async function postRows(
  session: Session,
  database: Database,
  step: PostStep,
  clock: Clock,
): Promise<StepOutcome> {
  const { post, at } = step;
  const { project, request } = session;
  const service = await serviceOf(project, request, post.to);
  const ledger = await ledgerOf(session, database, at);
  const name = nameOf(session, step);
  const { batch, key, limit } = post;
  const claim = { id: batchTime(project), sql: await rowsOf(session, database.adapter, step), key, batch, limit };
  const { deliver } = await import('../jobs/index.ts');
  return deliver(post, {
    service,
    clock,
    signal: request.interrupted,
    ledger: {
      claim: () => ledger.claim(name, claim),
      open: () => ledger.open(name),
      mark: (letters) => ledger.mark(name, letters),
    },
  });
}

/** For --dry-run: how many rows would be sent, in a line. */
export async function dueRows(request: Request, step: PostStep): Promise<string> {
  const session = await openProject({ ...request, emit: () => {} });
  const database = await connect(session);
  try {
    const ledger = await ledgerOf(session, database, step.at);
    const { post } = step;
    const name = nameOf(session, step);
    const due = await ledger.due(name, { sql: await rowsOf(session, database.adapter, step), key: post.key });
    const open = (await ledger.open(name)).length;
    const most = due > post.limit ? `, ${post.limit} of them in one run` : '';
    const left = open === 0 ? '' : `, and ${open} that a run before left open`;
    return `${due} rows are due${most}${left}`;
  } finally {
    await database.close();
  }
}

/** An output of profiles.yml of type http, with its address and secrets. Throws TSD1003 and TSD1004. */
async function serviceOf(project: Project, request: Request, name: string): Promise<Service> {
  const { credentials } = await httpOutput(project, request, name);
  const url = String(credentials['url'] ?? '');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new TsdbtError({
      code: 'TSD1003',
      message: `the http output '${name}' has no url such as https://crawler.example/api`,
      hint: 'in profiles.yml; the variable it comes from may be empty',
    });
  }
  const headers = isDataMap(credentials['headers']) ? credentials['headers'] : {};
  return { url, headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])) };
}

export async function httpOutput(project: Project, request: Request, name: string) {
  const output = await outputs(project, request)(name);
  if (output.type === 'http') return output;
  throw new TsdbtError({
    code: 'TSD1004',
    message: `'${name}' is an output of type ${output.type}; a post needs one of type http`,
  });
}

/** The step's select, rendered. */
export async function rowsOf(session: Session, adapter: Adapter, { post, at }: PostStep): Promise<string> {
  const { renderSql } = await import('../compile/index.ts');
  return (await renderSql(await session.compiler(), adapter, post.rows, at.file)).trim().replace(/;$/, '');
}

async function ledgerOf(session: Session, database: Database, at: Step['at']) {
  const place = historyPlace(session, database);
  if (place === undefined) {
    const message = 'a post needs the ledger of what was sent, which TSDBT_HISTORY=none leaves out';
    throw new TsdbtError({ code: 'TSD6002', message, at });
  }
  const { openLedger } = await import('../adapter/index.ts');
  return openLedger(place);
}

/** Whose rows the ledger keeps. */
function nameOf({ project }: Session, { post }: PostStep) {
  return { project: project.root.name, target: project.target.name, delivery: post.name };
}

/** Sorts batches by the moment of their claim, and tells those of two runs apart. */
function batchTime({ invocation }: Project): string {
  return `${invocation.startedAt.replace(/\D/g, '').slice(0, 17)}-${invocation.id.slice(0, 8)}`;
}
