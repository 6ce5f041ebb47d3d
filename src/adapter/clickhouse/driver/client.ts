import { type Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { connectionPool } from './agent.ts';
import type { Connection } from './credentials.ts';
import type { DriverOptions, Settings } from './types.ts';

/** Below the server's keep-alive (3 s in old versions and in the private server), or it closes a socket as we use it. */
const IDLE_SOCKET_MS = 2000;

/** Each sign of life of a long statement is a header; a day of them is some 4,000. */
const HEADER_LIMIT_BYTES = 2 * 1024 * 1024;

/** One request to the HTTP interface. */
interface Call {
  readonly sql: string;
  readonly queryId: string;
  /** Settings, and the interface's own parameters. */
  readonly parameters: Settings;
  readonly sessionId?: string | undefined;
  /** The data of an INSERT, whose text then goes into the URL. */
  readonly data?: Readable | undefined;
  readonly breakOff?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The body; fails where the connection breaks before its end. */
  readonly body: Readable;
}

/** Speaks to ClickHouse's HTTP interface over a pool of connections. */
export interface HttpClient {
  /** Resolves when the answer begins. Rejects where it never does. */
  exec(call: Call): Promise<Answer>;
  close(): void;
}

/** @param size statements at one time */
export function makeClient(c: Connection, size: number, o: DriverOptions, database?: string): HttpClient {
  const agent = connectionPool(c, size);
  const { protocol, hostname, port } = new URL(c.url);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const place = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port, agent, method: 'POST' };
  const headers = commonHeaders(c, o);
  dropIdleSockets(agent);
  return {
    exec: (call) =>
      new Promise((resolve, reject) => {
        const path = `/?${queryString(c, call, database)}`;
        const sent = send({ ...place, path, headers, maxHeaderSize: HEADER_LIMIT_BYTES });
        const cut = (): void => void sent.destroy(new Error('aborted'));
        sent.setTimeout(c.responseTimeoutMs, () => sent.destroy(new Error('Timeout error.')));
        sent.once('error', reject);
        sent.once('close', () => call.breakOff?.removeEventListener('abort', cut));
        sent.once(
          'response',
          (response) =>
            void decoded(response).then((body) => {
              resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
            }, reject),
        );
        if (call.breakOff?.aborted) cut();
        call.breakOff?.addEventListener('abort', cut);
        if (call.data === undefined) sent.end(call.sql);
        else call.data.once('error', (error) => sent.destroy(error)).pipe(sent);
      }),
    close: () => agent.destroy(),
  };
}

function commonHeaders(c: Connection, o: DriverOptions): Readonly<Record<string, string>> {
  const { node } = process.versions;
  const agent = { 'User-Agent': `${o.application ?? 'tsdbt'} (node/${node}; ${process.platform})` };
  const encoding: Record<string, string> = c.compression ? { 'Accept-Encoding': 'gzip' } : {};
  // Certificates stand for the password where there is none.
  if (c.clientCert !== undefined && c.password === '') {
    return { ...agent, ...encoding, 'X-ClickHouse-User': c.user, 'X-ClickHouse-SSL-Certificate-Auth': 'on' };
  }
  const pair = Buffer.from(`${c.user}:${c.password}`).toString('base64');
  return { ...agent, ...encoding, Authorization: `Basic ${pair}` };
}

function queryString(c: Connection, call: Call, database: string | undefined): string {
  const parameters = new URLSearchParams({ query_id: call.queryId });
  if (database !== undefined) parameters.set('database', database);
  for (const [name, value] of Object.entries(call.parameters)) {
    parameters.set(name, typeof value === 'boolean' ? String(Number(value)) : String(value));
  }
  if (call.sessionId !== undefined) parameters.set('session_id', call.sessionId);
  if (c.compression) parameters.set('enable_http_compression', '1');
  if (call.data !== undefined) parameters.set('query', call.sql);
  return parameters.toString();
}

async function decoded(response: IncomingMessage): Promise<Readable> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const { createGunzip } = await import('node:zlib');
  const body = createGunzip();
  response.once('error', (error) => body.destroy(error));
  body.once('close', () => response.destroy());
  return response.pipe(body);
}

/** Closes the connections that have rested too long, also where a busy process saw nothing of the time. */
function dropIdleSockets(agent: HttpAgent): void {
  const rested = new WeakMap<object, number>();
  const pool = agent as unknown as { addRequest(...given: unknown[]): void };
  const add = pool.addRequest.bind(agent);
  agent.on('free', (socket: object) => rested.set(socket, Date.now()));
  pool.addRequest = (...given) => {
    for (const socket of Object.values(agent.freeSockets).flat()) {
      if (socket !== undefined && Date.now() - (rested.get(socket) ?? 0) > IDLE_SOCKET_MS) socket.destroy();
    }
    add(...given);
  };
}
