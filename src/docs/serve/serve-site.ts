import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TsdbtError } from '../../error/index.ts';
import { answer } from './answer.ts';
import { follow } from './follow.ts';

export interface SiteServerOptions {
  /** Absolute: the folder with index.html. */
  readonly folder: string;
  /** An address of this machine; loopback unless told otherwise. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** File that a run writes while it goes on; with it, open pages learn of runs and of new documentation. */
  readonly live?: string;
}

export interface SiteServer {
  /** `http://localhost:8080`. */
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Serves a folder, to be read only. Throws TSD9001 where the port is taken or the address is none of this machine. */
export async function serveSite({ folder, host, port, live }: SiteServerOptions): Promise<SiteServer> {
  const follower = live === undefined ? undefined : follow({ live, page: join(folder, 'index.html') });
  const server = createServer((request, response) => answer(request, response, { folder, host, follower }));
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        follower?.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refused(cause, host, port)));
    server.listen(port, host, resolve);
  });
}

function refused(cause: NodeJS.ErrnoException, host: string, port: number): TsdbtError {
  const why =
    cause.code === 'EADDRINUSE'
      ? 'it is taken'
      : cause.code === 'EACCES'
        ? 'this user may not'
        : cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND'
          ? 'this machine has no such address'
          : cause.message;
  return new TsdbtError({
    code: 'TSD9001',
    message: `The documentation cannot be served on ${host}, port ${port}: ${why}`,
    hint: 'Choose another by --port (0 takes a free one) and --host.',
    cause,
  });
}
