import { resolve } from 'node:path';
import type { Adapter, Driver } from '../adapter/index.ts';
import { isTsdbtError, TsdbtError } from '../error/index.ts';
import type { Project } from '../model/index.ts';
import { type DataMap, isDataMap } from '../util/data.ts';
import { noteLiving } from './living.ts';
import type { Session } from './open-project.ts';
import type { Request } from './request.ts';

export interface Connection {
  readonly driver: Driver;
  /** Where it is connected to and as whom: what a dictionary needs to read from the same server. */
  readonly credentials: DataMap;
  close(): Promise<void>;
}

export interface Database {
  readonly adapter: Adapter;
  /** Undefined where no server could be reached and the command can do without. */
  readonly driver: Driver | undefined;
  close(): Promise<void>;
}

/**
 * The target's ClickHouse: a server of the user's, or the private one, which is started and held by a lease.
 * What goes wrong is told with the place of the target in profiles.yml.
 */
export async function connectTarget(project: Project, request: Request): Promise<Connection> {
  try {
    return await openTarget(project, request);
  } catch (error) {
    if (!isTsdbtError(error) || error.at !== undefined) throw error;
    const { code, message, hint } = error;
    throw new TsdbtError({ code, message, hint, at: project.target.at?.(), cause: error });
  }
}

async function openTarget(project: Project, request: Request): Promise<Connection> {
  const { ensureServer, openDriver } = await import('../adapter/index.ts');
  const { credentials, threads, schema } = project.target;
  const notice = (text: string): void => request.emit({ name: 'AdapterEventInfo', data: { base_msg: text } });
  const { embedded } = credentials;
  if (!isDataMap(embedded)) {
    const driver = await openDriver({ ...credentials, schema }, { threads, notice });
    return { driver, credentials, close: () => driver.close() };
  }
  const server = await ensureServer({
    dataDir: resolve(project.root.root, String(embedded['path'])),
    label: `tsdbt ${request.which}`,
  });
  try {
    const own = { host: server.host, port: server.port, user: server.user, password: server.password };
    const options = { threads, notice, singleServer: true };
    const driver = await openDriver({ type: 'clickhouse', schema, ...own }, options);
    const close = async (): Promise<void> => {
      await driver.close();
      await server.release();
    };
    return { driver, credentials: { ...credentials, ...own }, close };
  } catch (error) {
    await server.release();
    throw error;
  }
}

/** `clickhouse 26.3 localhost:8123`. */
function serverName({ target }: Project, { serverVersion, url }: Driver): string {
  const version = serverVersion.split('.').slice(0, 2).join('.');
  return `clickhouse ${version} ${isDataMap(target.credentials['embedded']) ? 'private' : new URL(url).host}`;
}

/** The adapter over that connection. `compile` goes on without a server, with every relation taken as absent. */
export async function connect(session: Session): Promise<Database> {
  const { project, request } = session;
  const { openAdapter } = await import('../adapter/index.ts');
  const connection = await connectOrGoOn(project, request);
  const driver = connection?.driver;
  const { flags, invocation } = project;
  const target = { ...project.target, credentials: connection?.credentials ?? project.target.credentials };
  if (driver !== undefined) request.watching?.()?.connected(serverName(project, driver));
  const living = noteLiving(project.root.root, invocation.id);
  let isClean = true;
  const adapter = await openAdapter({
    driver,
    target,
    flags,
    invocationId: invocation.id,
    emit: request.emit,
    isDead: living.isDead,
    leavesBehind: () => {
      isClean = false;
    },
  });
  const cancel = (): void => void driver?.cancelAll();
  request.interrupted.addEventListener('abort', cancel);
  const close = async (): Promise<void> => {
    request.interrupted.removeEventListener('abort', cancel);
    await connection?.close();
    living.end(isClean);
  };
  return { adapter, driver, close };
}

async function connectOrGoOn(project: Project, request: Request): Promise<Connection | undefined> {
  try {
    return await connectTarget(project, request);
  } catch (error) {
    if (request.which !== 'compile' || !isTsdbtError(error)) throw error;
    const why = error.message.split('\n')[0];
    const base_msg = `No ClickHouse can be reached; every relation is taken as absent. (${why})`;
    request.emit({ name: 'AdapterEventInfo', data: { base_msg } });
    return undefined;
  }
}
