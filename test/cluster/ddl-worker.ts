import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Nodes } from './nodes.ts';

/**
 * What stands where the entry node of a cluster would: statements go to node 0 as they are; one that says ON CLUSTER goes,
 * without it, to every node of that cluster, as the DDL worker of a real server would carry it there.
 */
export interface Entry {
  readonly port: number;
  /** What came in since the last call, in order; pings are none. */
  statements(): readonly string[];
  close(): void;
}

const ON_CLUSTER = /\bON CLUSTER ["`]?(\w+)["`]?( SYNC)?/i;

export async function enterCluster({ nodes, clusters }: Nodes): Promise<Entry> {
  let seen: string[] = [];
  const server = createServer((incoming, answer) => {
    handle(incoming, answer).catch((error: unknown) => {
      answer.writeHead(502).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://entry');
    const body = await bodyOf(incoming);
    // The statement is in the address where rows are the body.
    const inAddress = url.searchParams.get('query');
    const sql = inAddress ?? body.toString('utf8');
    if (sql !== '') seen.push(sql);
    const cluster = ON_CLUSTER.exec(withoutStrings(sql))?.[1];
    if (cluster === undefined) return relay(nodes[0]!.http, incoming, answer, { path: incoming.url ?? '/', body });
    const shards = clusters[cluster];
    if (shards === undefined) {
      answer.writeHead(500, { 'X-ClickHouse-Exception-Code': '701' });
      answer.end(`Code: 701. DB::Exception: Requested cluster '${cluster}' not found. (CLUSTER_DOESNT_EXIST)`);
      return;
    }
    const plain = sql.replace(ON_CLUSTER, (_text, _name, sync = '') => sync);
    if (inAddress !== null) url.searchParams.set('query', plain);
    const path = `${url.pathname}${url.search}`;
    const [entry, ...others] = shards.flat();
    for (const node of others) {
      // A settled answer of one node is the whole cluster's failure, as with distributed_ddl_output_mode=throw.
      const { status, text } = await carry(nodes[node]!.http, incoming, path, inAddress === null ? plain : body);
      if (status !== 200) {
        answer.writeHead(status, { 'X-ClickHouse-Exception-Code': /Code: (\d+)/.exec(text)?.[1] ?? '0' }).end(text);
        return;
      }
    }
    relay(nodes[entry!]!.http, incoming, answer, {
      path,
      body: inAddress === null ? Buffer.from(plain) : body,
    });
  }

  return {
    port: (server.address() as AddressInfo).port,
    statements() {
      const before = seen;
      seen = [];
      return before;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A text in quotes may speak of a cluster; only the statement's own words count. */
function withoutStrings(sql: string): string {
  return sql.replace(/'(?:[^'\\]|\\.|'')*'/gs, "''");
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Statement {
  readonly path: string;
  readonly body: Buffer;
}

function headersOf(incoming: IncomingMessage, length: number) {
  const { 'transfer-encoding': _chunked, host: _host, ...headers } = incoming.headers;
  return { ...headers, 'content-length': String(length) };
}

function relay(port: number, incoming: IncomingMessage, answer: ServerResponse, { path, body }: Statement): void {
  const headers = headersOf(incoming, body.length);
  const outgoing = request({ host: '127.0.0.1', port, method: incoming.method, path, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  outgoing.on('error', (error) => answer.destroy(error));
  outgoing.end(body);
}

/** The same statement on another node, which has neither the caller's session nor its query id. */
async function carry(port: number, incoming: IncomingMessage, path: string, body: Buffer | string) {
  const url = new URL(path, `http://127.0.0.1:${port}`);
  for (const name of ['session_id', 'query_id', 'session_timeout']) url.searchParams.delete(name);
  if (url.searchParams.get('database') !== null) url.searchParams.delete('database');
  const { authorization } = incoming.headers;
  const headers = { ...(authorization === undefined ? {} : { authorization }) };
  const reply = await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
  return { status: reply.status, text: await reply.text() };
}
