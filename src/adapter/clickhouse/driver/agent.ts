import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { TsdbtError } from '../../../error/index.ts';
import type { Connection } from './credentials.ts';

type Connect = (options: unknown, callback: unknown) => Socket;

function readFile(key: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const hint = 'Give the path of a PEM file.';
    throw new TsdbtError({
      code: 'TSD1003',
      message: `profile of type clickhouse: ${key} ${path} cannot be read`,
      hint,
      cause,
    });
  }
}

/** A connection pool of `size` sockets that gives up on a connection not made within the profile's connect_timeout. */
export function connectionPool(c: Connection, size: number): HttpAgent | HttpsAgent {
  const common = { keepAlive: c.reuseConnections, maxSockets: size, scheduling: 'lifo' as const };
  const agent = c.url.startsWith('https:')
    ? new HttpsAgent({
        ...common,
        rejectUnauthorized: c.verify,
        servername: c.serverHostName,
        cert: c.clientCert === undefined ? undefined : readFile('client_cert', c.clientCert),
        key: c.clientCertKey === undefined ? undefined : readFile('client_cert_key', c.clientCertKey),
      })
    : new HttpAgent(common);
  const pool = agent as unknown as { createConnection: Connect };
  const connect = pool.createConnection.bind(agent);
  pool.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    const late = Object.assign(new Error(`no connection within ${c.connectTimeoutMs / 1000} s`), {
      code: 'ETIMEDOUT',
      syscall: 'connect',
    });
    const timer = setTimeout(() => socket.destroy(late), c.connectTimeoutMs);
    for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
    return socket;
  };
  return agent;
}
