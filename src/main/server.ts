import { join, resolve } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import type { Project } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `server start`: keeps the target's private ClickHouse up until `server stop`. */
export async function serverStart(request: Request): Promise<number> {
  const { printEnv, startServer } = await import('../adapter/index.ts');
  const server = await startServer(privateDataDir(await readProject(request)));
  const print = (msg: string): void => request.emit({ name: 'PrintEvent', data: { msg } });
  if (request.given['print_env'] === true) print(await printEnv(server));
  else print(`ClickHouse is up at ${server.url}, user ${server.user}; stop it with: tsdbt server stop`);
  return 0;
}

/** `server stop`: ends it in good order; while others use it, it only stops being kept up, unless forced. */
export async function serverStop(request: Request): Promise<number> {
  const { stopServer } = await import('../adapter/index.ts');
  const force = request.given['force'] === true;
  const { state, leases } = await stopServer(privateDataDir(await readProject(request)), { force });
  const print = (msg: string): void => request.emit({ name: 'PrintEvent', data: { msg } });
  if (state === 'stopped') print('ClickHouse is stopped.');
  if (state === 'not-running') print('ClickHouse was not running.');
  if (state === 'in-use') print('ClickHouse is in use and stops after its last user; --force stops it now:');
  if (state === 'in-use') for (const lease of leases) print(`  ${lease.label} (pid ${lease.pid})`);
  return 0;
}

/** `server status`: 0 when it is up, 1 when not. */
export async function serverStatus(request: Request): Promise<number> {
  const { serverStatus: ask } = await import('../adapter/index.ts');
  const status = await ask(privateDataDir(await readProject(request)));
  const print = (msg: string): void => request.emit({ name: 'PrintEvent', data: { msg } });
  if (status === undefined) {
    print('ClickHouse is not running.');
    return 1;
  }
  const memory = status.memoryBytes === undefined ? '' : `, ${Math.round(status.memoryBytes / 1048576)} MiB`;
  print(`ClickHouse is up at ${status.url} since ${status.startedAt}, pid ${status.serverPid}${memory}`);
  print(status.keptUp ? 'kept up until: tsdbt server stop' : 'stops soon after its last user');
  for (const lease of status.leases) print(`used by ${lease.label} (pid ${lease.pid})`);
  return 0;
}

function privateDataDir(project: Project): string {
  const embedded = project.target.credentials['embedded'];
  if (isDataMap(embedded)) {
    return resolve(project.root.root, String(embedded['path'] ?? join(project.statePath, 'clickhouse')));
  }
  throw new TsdbtError({
    code: 'TSD9001',
    message: `target '${project.target.name}' has a server of its own; \`tsdbt server\` is for the private ClickHouse`,
    hint: 'Choose an output with `embedded:` in profiles.yml, for example: --target embedded',
  });
}
