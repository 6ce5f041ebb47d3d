import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export const FAULTS = [
  /** The connection goes before anything got through. */
  'cut-before',
  /** Half of the statement gets through. */
  'half-request',
  /** All of it gets through; the connection goes before the answer. */
  'cut-after',
  /** The answer breaks off in the middle. */
  'cut-answer',
  /** The answer ends in the middle as if that were its end. */
  'short-answer',
  /** The server answers to nobody: the client has to give up by itself. */
  'hang',
  'delay',
  '500-before',
  '500-after',
  '503-before',
  /** A page of something else, with status 200. */
  'foreign',
] as const;
export type Fault = (typeof FAULTS)[number];

/** An error in ClickHouse's own words, said in its place. */
export interface Saying {
  readonly say: string;
}

/** Something between a client and ClickHouse that goes wrong as it is told to. */
export interface FaultyProxy {
  readonly port: number;
  /** Asked for each request: the statement with its URL, and its place in the order of requests. */
  decide: (statement: string, index: number) => Fault | Saying | undefined;
  /** What was done to which statement. */
  readonly done: (readonly [Fault | 'said', string])[];
  close(): Promise<void>;
}

const DELAY_MS = 150;

export async function faultyProxy(target: number): Promise<FaultyProxy> {
  let index = 0;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const statement = `${decodeURIComponent((incoming.url ?? '').replaceAll('+', ' '))}\n${body.toString('utf8')}`;
    const fault = proxy.decide(statement, index++);
    if (typeof fault === 'object') {
      proxy.done.push(['said', statement]);
      outgoing.writeHead(500, { 'x-clickhouse-exception-code': '1' }).end(`${fault.say} (version 26.7.2.1)\n`);
      return;
    }
    if (fault !== undefined) proxy.done.push([fault, statement]);
    await handle(fault, { incoming, outgoing, body, target });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    port: (server.address() as AddressInfo).port,
    decide: () => undefined,
    done: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
  readonly target: number;
}

async function handle(fault: Fault | undefined, exchange: Exchange): Promise<void> {
  const { outgoing, incoming } = exchange;
  switch (fault) {
    case 'cut-before':
      return incoming.socket.resetAndDestroy() as unknown as undefined;
    case 'half-request':
      await sendHalf(exchange);
      return incoming.socket.resetAndDestroy() as unknown as undefined;
    case '500-before':
      return refuse(outgoing, 500);
    case '503-before':
      return refuse(outgoing, 503);
    case 'foreign':
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
      return;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
      // What its sender has given up does not come late.
      if (!outgoing.destroyed) await answer(exchange, 'whole');
      return;
    case 'hang':
      await upstream(exchange);
      return;
    case 'cut-after':
      // The server must have read it: one whose connection is gone it would not care to read.
      void upstream(exchange);
      await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
      incoming.socket.resetAndDestroy();
      return;
    case '500-after':
      await upstream(exchange);
      return refuse(outgoing, 500);
    case 'cut-answer':
      return await answer(exchange, 'cut');
    case 'short-answer':
      return await answer(exchange, 'short');
    default:
      return await answer(exchange, 'whole');
  }
}

function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain' }).end('upstream is not well');
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function upstream({ incoming, body, target }: Exchange): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const { host: _, 'transfer-encoding': __, ...headers } = incoming.headers;
    const options = { host: '127.0.0.1', port: target, path: incoming.url, method: incoming.method, agent: false };
    const sent = request({ ...options, headers: { ...headers, 'content-length': body.length, connection: 'close' } });
    sent.on('error', () => resolve(undefined));
    sent.on('response', async (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 200, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.end(body);
  });
}

async function answer(exchange: Exchange, how: 'whole' | 'cut' | 'short'): Promise<void> {
  const { outgoing, incoming } = exchange;
  const got = await upstream(exchange);
  if (got === undefined) return incoming.socket.resetAndDestroy() as unknown as undefined;
  const { connection: _, 'keep-alive': __, ...headers } = got.headers;
  outgoing.writeHead(got.status, headers);
  const half = got.body.subarray(0, Math.floor(got.body.length / 2));
  if (how === 'cut') {
    outgoing.write(half.length === 0 ? ' ' : half, () => incoming.socket.destroy());
    return;
  }
  outgoing.end(how === 'short' ? half : got.body);
}

/** The head, and half of the text it announces. */
async function sendHalf({ incoming, body, target }: Exchange): Promise<void> {
  const socket = connect(target, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const lines = [`POST ${incoming.url} HTTP/1.1`];
  const { 'transfer-encoding': _, ...headers } = incoming.headers;
  for (const [name, value] of Object.entries({ ...headers, 'content-length': String(body.length) })) {
    lines.push(`${name}: ${value}`);
  }
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.end(body.subarray(0, Math.floor(body.length / 2)));
  socket.resume();
  await once(socket, 'close');
}
