import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { hostname } from 'node:os';
import { TsdbtError } from '../error/index.ts';

export interface LocalServer {
  /** `http://localhost:8080`. */
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface Listening {
  /** What cannot be served, for the message. */
  readonly what: string;
  /** An address of this machine. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A server for people and programs of this machine. Throws TSD9001 where the port is taken or the address is none of this machine. */
export async function serveLocally(listener: RequestListener, listening: Listening): Promise<LocalServer> {
  const { host, port } = listening;
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refused(cause, listening)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** False for a page elsewhere that has its name point here: it must not read what is served. */
export function isOwnName({ headers }: IncomingMessage, host: string): boolean {
  const name = headers.host
    ?.replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (name === undefined || name === '') return false;
  if (['localhost', '127.0.0.1', '::1', host.toLowerCase()].includes(name)) return true;
  // Served to the network, it has addresses and a name of the machine's; no stranger's name is either.
  const isOpen = host === '0.0.0.0' || host === '::';
  return isOpen && (isIP(name) !== 0 || name === hostname().toLowerCase());
}

function refused(cause: NodeJS.ErrnoException, { what, host, port }: Listening): TsdbtError {
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
    message: `${what} cannot be served on ${host}, port ${port}: ${why}`,
    hint: 'Choose another by --port (0 takes a free one) and --host.',
    cause,
  });
}
