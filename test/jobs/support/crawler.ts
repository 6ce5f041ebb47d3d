import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the service does with one request instead of its work. */
export type Fault =
  /** Fails, nothing done. */
  | 'error'
  /** Too many at once, nothing done; wait a second. */
  | 'busy'
  /** No answer at all, nothing done. */
  | 'hang'
  /** Does its work, and the answer is lost. */
  | 'lost'
  /** Closed, nothing done. */
  | 'closed';

export interface Request {
  readonly path: string;
  readonly key: string;
  readonly at: number;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly headers: IncomingMessage['headers'];
}

/** A crawler that takes requests for profiles and posts: each idempotency key is worked on once. */
export interface Crawler {
  readonly url: string;
  /** All requests that came. */
  readonly requests: readonly Request[];
  /** Rows that were worked on, in order. */
  readonly done: readonly { readonly path: string; readonly row: Readonly<Record<string, unknown>> }[];
  close(): Promise<void>;
}

export interface CrawlerOptions {
  /** Fault of the n-th request, from 0; undefined for none. */
  readonly fault?: (request: Request, n: number) => Fault | undefined;
  /** Refuses every batch that holds such a row. */
  readonly refuses?: (row: Readonly<Record<string, unknown>>) => boolean;
}

export async function startCrawler({ fault, refuses }: CrawlerOptions = {}): Promise<Crawler> {
  const requests: Request[] = [];
  const done: { path: string; row: Readonly<Record<string, unknown>> }[] = [];
  const seen = new Set<string>();
  const work = (request: Request): void => {
    if (seen.has(request.key)) return;
    seen.add(request.key);
    for (const row of request.rows) done.push({ path: request.path, row });
  };
  const answer = (request: Request, response: ServerResponse): void => {
    const bad = request.rows.find((row) => refuses?.(row) === true);
    switch (fault?.(request, requests.length - 1)) {
      case 'error':
        return void response.writeHead(500).end('out of proxies');
      case 'busy':
        return void response.writeHead(429, { 'retry-after': '1' }).end();
      case 'hang':
        return;
      case 'closed':
        return void response.writeHead(401).end(`who is ${request.headers.authorization}?`);
      case 'lost':
        work(request);
        return void response.destroy();
      case undefined:
        if (bad !== undefined) return void response.writeHead(422).end(`cannot read ${JSON.stringify(bad)}`);
        work(request);
        return void response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
    }
  };
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    incoming.on('end', () => {
      const { url = '', headers } = incoming;
      const { rows } = JSON.parse(body) as Pick<Request, 'rows'>;
      const request = { path: url, key: String(headers['idempotency-key']), at: Date.now(), rows, headers };
      requests.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    done,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
