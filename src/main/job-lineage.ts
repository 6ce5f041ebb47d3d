import { randomUUID } from 'node:crypto';
import type { LineageNode as ColumnsOfNode } from '../artifacts/index.ts';
import type { Clock, JobDefinition, JobResult, LineageNode, LineageRun } from '../jobs/index.ts';
import type { GraphNode, OperationNode, Project, RunResult } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { ownVersion } from '../util/own-version.ts';
import type { Database } from './database.ts';
import type { Session } from './open-project.ts';
import type { Request } from './request.ts';

/** Tells an OpenLineage service what a run of a job does. Whether it listens makes no difference to the run. */
export interface LineageTeller {
  begin(): Promise<void>;
  /** Of nodes that a step has run, and that the job is still at work. */
  nodes(session: Session, database: Database, results: readonly RunResult[]): Promise<void>;
  end(result: JobResult): Promise<void>;
}

/** By OpenLineage's own variables: OPENLINEAGE_URL, _ENDPOINT, _API_KEY, _NAMESPACE, _DISABLED. Undefined where there is no URL. */
export async function lineageTeller(
  request: Request,
  project: Project,
  { job, runId, clock }: { readonly job: JobDefinition; readonly runId: string; readonly clock: Clock },
): Promise<LineageTeller | undefined> {
  const { env } = request;
  const url = env['OPENLINEAGE_URL'];
  if (url === undefined || url === '' || env['OPENLINEAGE_DISABLED'] === 'true') return undefined;
  const { jobEvent, nodeEvent, post } = await import('../jobs/index.ts');
  const run: Omit<LineageRun, 'server'> = {
    namespace: env['OPENLINEAGE_NAMESPACE'] || 'default',
    project: project.root.name,
    job: job.name,
    description: job.description,
    runId,
    producer: `urn:tsdbt:${ownVersion()}`,
  };
  const send = sender(request, url, (address, options) =>
    post(address, { ...options, sleep: (ms) => clock.sleep(ms), tries: 2, timeoutMs: 5000 }),
  );
  const now = (): string => new Date(clock.now()).toISOString();
  return {
    begin: () => send(jobEvent({ ...run, server: '' }, 'START', now())),
    async nodes(session, database, results) {
      const whole = { ...run, server: serverOf(project, database) };
      const known = await columnsOf(project);
      const end = clock.now();
      for (const result of results) {
        const node = session.nodeOf(result.unique_id);
        if (node === undefined || result.status === 'skipped') continue;
        const told = lineageOf(session, node, known);
        const isGood = ['success', 'pass', 'warn'].includes(result.status);
        const began = new Date(end - result.execution_time * 1000).toISOString();
        await send(nodeEvent(whole, told, 'START', began));
        const error = isGood ? undefined : (result.message ?? result.status);
        await send(nodeEvent(whole, told, isGood ? 'COMPLETE' : 'FAIL', now(), error));
      }
      await send(jobEvent(whole, 'RUNNING', now()));
    },
    end({ status, message }) {
      const type = status === 'success' ? 'COMPLETE' : status === 'failed' || status === 'timeout' ? 'FAIL' : 'ABORT';
      return send(jobEvent({ ...run, server: '' }, type, now(), type === 'COMPLETE' ? undefined : message));
    },
  };
}

type Post = (
  url: string,
  options: { readonly contentType: string; readonly body: string; readonly headers: Readonly<Record<string, string>> },
) => Promise<string | undefined>;

/** A private server takes another port each time it is started. */
function serverOf({ target }: Project, { driver }: Database): string {
  if (isDataMap(target.credentials.embedded)) return 'clickhouse://localhost';
  return (driver?.url ?? '').replace(/^https?:/, 'clickhouse:');
}

/** Events one after another; who does not answer once is told no more. */
function sender({ env, emit }: Request, url: string, post: Post): (event: object) => Promise<void> {
  const key = env['OPENLINEAGE_API_KEY'];
  const headers: Record<string, string> = key === undefined || key === '' ? {} : { authorization: `Bearer ${key}` };
  const endpoint = env['OPENLINEAGE_ENDPOINT'] || 'api/v1/lineage';
  const address = `${url.replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`;
  let isDeaf = false;
  return async (event) => {
    if (isDeaf) return;
    const problem = await post(address, { contentType: 'application/json', body: JSON.stringify(event), headers });
    if (problem === undefined) return;
    isDeaf = true;
    emit({ name: 'ValidationWarning', data: { msg: `OPENLINEAGE_URL does not take lineage: ${problem}` } });
  };
}

type Columns = ReadonlyMap<string, ColumnsOfNode> | undefined;

/** What `tsdbt check` has last found out about columns, where it has. */
async function columnsOf({ targetPath }: Project): Promise<Columns> {
  const { readColumnLineage } = await import('../artifacts/index.ts');
  return readColumnLineage(targetPath);
}

function lineageOf({ nodeOf }: Session, node: GraphNode | OperationNode, known: Columns): LineageNode {
  const tableOf = (id: string): string | undefined => tableName(nodeOf(id));
  const dependsOn: readonly string[] = 'depends_on' in node && 'nodes' in node.depends_on ? node.depends_on.nodes : [];
  const columns = known?.get(node.unique_id)?.columns;
  const sources = columns?.map(({ name, sources: uses }) => {
    const fields = uses
      .filter(({ kind }) => kind === 'value')
      .flatMap(({ node: id, column }) => {
        const table = tableOf(id);
        return table === undefined ? [] : [{ table, column }];
      });
    return [name, fields] as const;
  });
  return {
    runId: randomUUID(),
    name: node.unique_id,
    description: 'description' in node && typeof node.description === 'string' ? node.description : '',
    inputs: dependsOn.flatMap((id) => tableOf(id) ?? []),
    output: ['model', 'seed', 'snapshot'].includes(node.resource_type) ? tableName(node) : undefined,
    columns: sources === undefined ? undefined : Object.fromEntries(sources),
    fields: columns?.map(({ name, type }) => ({ name, type })) ?? [],
  };
}

function tableName(node: GraphNode | OperationNode | undefined): string | undefined {
  if (node === undefined || !('schema' in node)) return undefined;
  const name = 'identifier' in node ? node.identifier : 'alias' in node ? node.alias : undefined;
  return typeof name === 'string' && typeof node.schema === 'string' ? `${node.schema}.${name}` : undefined;
}
