import type { Adapter } from '../adapter/index.ts';
import { isTsdbtError, TsdbtError, throwProblems } from '../error/index.ts';
import type { JobDefinition, Step } from '../jobs/index.ts';
import { httpOutput, rowsOf } from './job-post.ts';
import { nodesIn } from './job-preview.ts';
import { isNodeStep } from './job-step.ts';
import { openJobs } from './job-world.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { openSyncs } from './sync-nodes.ts';

/** `job validate`: the definitions against each other and against the project, with no database. */
export async function jobValidate(request: Request): Promise<number> {
  const session = await openProject(request);
  const { jobs } = await openJobs(session.project);
  const known = {
    ...knownNames(session),
    syncs: (await openSyncs(session)).all.map(({ node }) => node.name),
  };
  const problems: TsdbtError[] = [];
  for (const job of jobs) {
    for (const step of job.steps) problems.push(...(await stepProblems(session, known, job, step)));
    problems.push(...promiseProblems(known, job));
  }
  throwProblems(problems);
  request.emit({ name: 'PrintEvent', data: { msg: `${jobs.length} jobs are right.` } });
  return 0;
}

interface Known {
  readonly syncs: readonly string[];
  readonly models: ReadonlySet<string>;
  readonly macros: ReadonlySet<string>;
}

function knownNames({ parsed }: Session): Omit<Known, 'syncs'> {
  const refables = ['model', 'seed', 'snapshot'];
  const nodes = Object.values(parsed.manifest.nodes).filter(({ resource_type }) => refables.includes(resource_type));
  const macros = Object.values(parsed.manifest.macros).flatMap(({ name, package_name }) => [
    name,
    `${package_name}.${name}`,
  ]);
  return { models: new Set(nodes.map(({ name }) => name)), macros: new Set(macros) };
}

async function stepProblems(session: Session, known: Known, job: JobDefinition, step: Step): Promise<TsdbtError[]> {
  const wrong = (message: string) =>
    new TsdbtError({ code: 'TSD6001', message: `job ${job.name}: ${message}`, at: step.at });
  switch (step.kind) {
    case 'sync':
      return step.names
        .filter((name) => !known.syncs.includes(name))
        .map((name) => wrong(`there is no sync '${name}'`));
    case 'truncate':
      return step.models.filter((name) => !known.models.has(name)).map((name) => wrong(`there is no model '${name}'`));
    case 'operation':
      return known.macros.has(step.macro) ? [] : [wrong(`there is no macro '${step.macro}'`)];
    case 'sql':
      return [];
  }
  try {
    if (isNodeStep(step)) return (await nodesIn(session, step)).size > 0 ? [] : [wrong('its selection is empty')];
    await httpOutput(session.project, session.request, step.post.to);
    await rowsOf(session, await offline(session), step);
    return [];
  } catch (error) {
    if (!isTsdbtError(error)) throw error;
    return [wrong(error.message)];
  }
}

/** Templates that ask the database find no relation there. */
async function offline({ project, request }: Session): Promise<Adapter> {
  const { openAdapter } = await import('../adapter/index.ts');
  const { target, flags, invocation } = project;
  return openAdapter({ driver: undefined, target, flags, invocationId: invocation.id, emit: request.emit });
}

function promiseProblems(known: Known, { name, at, promises, waitFor }: JobDefinition): TsdbtError[] {
  const models = [...promises, ...waitFor].flatMap((one) => ('model' in one ? [one.model] : []));
  return models
    .filter((model) => !known.models.has(model))
    .map((model) => new TsdbtError({ code: 'TSD6001', message: `job ${name}: there is no model '${model}'`, at }));
}
