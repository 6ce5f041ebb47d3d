import { randomUUID } from 'node:crypto';
import { isTsdbtError, TsdbtError } from '../error/index.ts';
import type { Clock, Selection, Step, StepOutcome, StepRunner, UnitResult } from '../jobs/index.ts';
import type { RunResult } from '../model/index.ts';
import { type DataMap, isDataMap } from '../util/data.ts';
import { readYaml } from '../util/yaml.ts';
import { inputOf } from './call-input.ts';
import { connect, type Database } from './database.ts';
import type { LineageTeller } from './job-lineage.ts';
import { postRows } from './job-post.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { exitCode, runNodes } from './run-nodes.ts';
import { runNamedSyncs } from './sync.ts';

export interface StepWorld {
  readonly clock: Clock;
  readonly lineage?: LineageTeller | undefined;
}

/** Steps of jobs are commands as the command line has them, each an invocation of its own. */
export function stepRunner(request: Request, { clock, lineage }: StepWorld): StepRunner {
  return async (step, { only, signal }) => {
    try {
      const asked = stepRequest(request, step, signal);
      const session = await openProject(asked);
      const database = await connect(session);
      try {
        return await runStep(step, session, database, only, { clock, lineage });
      } finally {
        await database.close();
      }
    } catch (error) {
      const exc = error instanceof Error ? error.message : String(error);
      request.emit({
        name: 'MainEncounteredError',
        data: { exc: isTsdbtError(error) ? `${error.code}: ${exc}` : exc },
      });
      return { ok: false, units: [], unfinished: [], message: exc.split('\n')[0] };
    }
  };
}

/** The request a step stands for: the job's own options, and those of the step where the command line says nothing else. */
export function stepRequest(request: Request, step: Step, signal: AbortSignal): Request {
  const base = { ...request, invocationId: randomUUID(), interrupted: signal };
  if (step.kind === 'sync') return { ...base, which: 'sync run' };
  if (!isNodeStep(step)) return { ...base, which: 'run-operation' };
  return { ...base, which: step.kind, given: { ...chosenBy(step.selection, request), ...withoutVars(request) } };
}

/** A step that is a command on nodes of the graph. */
export function isNodeStep(step: Step): step is Extract<Step, { selection: Selection }> {
  return 'selection' in step;
}

function chosenBy({ select, exclude, selector, full_refresh, vars, target }: Selection, request: Request) {
  const told = { ...vars, ...varsOf(request) };
  return {
    ...(select.length > 0 ? { select } : {}),
    ...(exclude.length > 0 ? { exclude } : {}),
    ...(selector === undefined ? {} : { selector }),
    ...(full_refresh ? { full_refresh } : {}),
    ...(target === undefined ? {} : { target }),
    ...(Object.keys(told).length === 0 ? {} : { vars: JSON.stringify(told) }),
  };
}

function withoutVars({ given }: Request): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(given).filter(([key]) => key !== 'vars'));
}

function varsOf({ given }: Request): DataMap {
  const vars = given['vars'] === undefined ? {} : readYaml(String(given['vars']), '--vars').data;
  return isDataMap(vars) ? vars : {};
}

async function runStep(
  step: Step,
  session: Session,
  database: Database,
  only: readonly string[] | undefined,
  { clock, lineage }: StepWorld,
): Promise<StepOutcome> {
  switch (step.kind) {
    case 'sync':
      return pushSyncs(session, database, only ?? step.names);
    case 'truncate':
      return eachInTurn(only ?? step.models, (name) => truncate(session, database, name, step));
    case 'sql':
      return eachInTurn(['sql'], async () => {
        const { renderSql } = await import('../compile/index.ts');
        await database.driver!.query(
          await renderSql(await session.compiler(), database.adapter, step.sql, step.at.file),
        );
        return {};
      });
    case 'post':
      return postRows(session, database, step, clock);
    case 'operation':
      return eachInTurn([step.macro], async () => {
        const { runOperation } = await import('../execute/index.ts');
        await runOperation(await inputOf(session, database), step.macro, step.args);
        return {};
      });
    default:
      return runChosen(session, database, only, lineage);
  }
}

async function pushSyncs(session: Session, database: Database, names: readonly string[]): Promise<StepOutcome> {
  const { outcomes } = await runNamedSyncs(session, database, names);
  const units = outcomes.map((outcome): UnitResult => {
    const { unique_id, status, execution_time, rows, bytes, message } = outcome;
    const moved = { ...(rows === undefined ? {} : { rows }), ...(bytes === undefined ? {} : { bytes }) };
    return { name: unique_id, status, seconds: execution_time, ...moved, ...(status === 'success' ? {} : { message }) };
  });
  const unfinished = names.filter((_, i) => units[i]?.status !== 'success');
  const bad = units.find(({ status }) => status === 'error');
  return { ok: unfinished.length === 0, units, unfinished, message: bad?.message?.split('\n')[0] };
}

/** One after another; what failed and what follows it is left for a retry. */
async function eachInTurn(
  names: readonly string[],
  work: (name: string) => Promise<{ readonly rows?: number; readonly bytes?: number }>,
): Promise<StepOutcome> {
  const units: UnitResult[] = [];
  for (const [i, name] of names.entries()) {
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    try {
      units.push({ name, status: 'success', ...(await work(name)), seconds: seconds() });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      units.push({ name, status: 'error', seconds: seconds(), message });
      return { ok: false, units, unfinished: names.slice(i), message: `${name}: ${message.split('\n')[0]}` };
    }
  }
  return { ok: true, units, unfinished: [] };
}

async function truncate(session: Session, database: Database, name: string, { at }: Step) {
  const { relationOf } = await import('../compile/index.ts');
  const relation = relationOf(await session.compiler(), null, name);
  if (relation === undefined) {
    throw new TsdbtError({ code: 'TSD1103', message: `'${name}' is no model, seed or snapshot of the project`, at });
  }
  const { cluster } = session.project.target.credentials;
  const onCluster = typeof cluster === 'string' && cluster !== '' ? ` on cluster \`${cluster}\`` : '';
  await database.driver!.query(`truncate table if exists ${relation}${onCluster}`);
  return {};
}

async function runChosen(
  session: Session,
  database: Database,
  only: readonly string[] | undefined,
  lineage: LineageTeller | undefined,
): Promise<StepOutcome> {
  const chosen = await chooseNodes(session);
  const left = only === undefined ? chosen : new Set([...chosen].filter((id) => only.includes(id)));
  if (left.size === 0) {
    session.request.emit({ name: 'NothingToDo', data: {} });
    return { ok: true, units: [], unfinished: [] };
  }
  const outcome = await runNodes(session, database, left);
  await lineage?.nodes(session, database, outcome.results);
  const units = outcome.results.map(unitOf);
  const done = new Set(units.filter(({ status }) => GOOD.has(status)).map(({ name }) => name));
  const failed = units.filter(({ status }) => !GOOD.has(status));
  const ok = exitCode(outcome, session.request) === 0;
  const message = ok ? undefined : `${failed.length} of ${units.length} did not succeed`;
  return { ok, units, unfinished: ok ? [] : [...left].filter((id) => !done.has(id)), message };
}

const GOOD = new Set(['success', 'pass', 'warn', 'no-op', 'reused']);

function unitOf({ unique_id, status, execution_time, adapter_response, message }: RunResult): UnitResult {
  const rows = adapter_response['rows_affected'];
  return {
    name: unique_id,
    status,
    seconds: execution_time,
    ...(typeof rows === 'number' ? { rows } : {}),
    ...(GOOD.has(status) || message === null ? {} : { message }),
  };
}
