import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TsdbtError } from '../../../error/index.ts';
import type { Connection } from './credentials.ts';
import { proxyFor, throughProxy, tunnel } from './proxy.ts';

type Connected = (error: Error | null, socket?: Duplex) => void;
type Connect = (options: object, done: Connected) => Socket | undefined;

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

/**
 * A connection pool of `size` sockets that gives up on a connection not made within the profile's connect_timeout; through
 * the proxy that the environment names for the server, if any.
 */
export function connectionPool(c: Connection, size: number): HttpAgent | HttpsAgent {
  const common = { keepAlive: c.reuseConnections, maxSockets: size, scheduling: 'lifo' as const };
  const proxy = proxyFor(c.url, process.env);
  const isSecure = c.url.startsWith('https:');
  const tls = {
    rejectUnauthorized: c.verify,
    ...(c.serverHostName === undefined ? {} : { servername: c.serverHostName }),
    cert: c.clientCert === undefined ? undefined : readFile('client_cert', c.clientCert),
    key: c.clientCertKey === undefined ? undefined : readFile('client_cert_key', c.clientCertKey),
  };
  const agent = isSecure ? new HttpsAgent({ ...common, ...tls }) : new HttpAgent(common);
  const pool = agent as unknown as { createConnection: Connect };
  if (proxy !== undefined && isSecure) {
    pool.createConnection = (options, done) => {
      tunnel(proxy, new URL(c.url), { ...options, ...tls }, c.connectTimeoutMs, done);
      return undefined;
    };
    return agent;
  }
  if (proxy !== undefined) throughProxy(agent, proxy, c.url);
  limitConnecting(pool, agent, c);
  return agent;
}

function limitConnecting(pool: { createConnection: Connect }, agent: HttpAgent, c: Connection): void {
  const connect = pool.createConnection.bind(agent);
  pool.createConnection = (options, done) => {
    const socket = connect(options, done);
    if (socket === undefined) return undefined;
    if (c.tcpKeepAliveMs !== undefined) socket.setKeepAlive(true, c.tcpKeepAliveMs);
    const late = Object.assign(new Error(`no connection within ${c.connectTimeoutMs / 1000} s`), {
      code: 'ETIMEDOUT',
      syscall: 'connect',
    });
    const timer = setTimeout(() => socket.destroy(late), c.connectTimeoutMs);
    for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
    return socket;
  };
}
