import { isOwnName, type LocalServer, serveLocally } from '../../util/local-server.ts';

/** Serves what `read` gives at /metrics, for Prometheus to scrape. Throws as `serveLocally` does. */
export function serveMetrics(
  read: () => Promise<string>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<LocalServer> {
  return serveLocally(
    (request, response) => {
      const say = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
        response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' });
        response.end(request.method === 'HEAD' ? undefined : text);
      };
      if (!isOwnName(request, host)) return say(403, 'This server answers to its own names only.\n');
      if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'There is nothing to do here.\n');
      if (request.url?.split('?')[0] !== '/metrics') return say(404, 'Metrics are at /metrics.\n');
      read().then(
        (text) => say(200, text, 'text/plain; version=0.0.4; charset=utf-8'),
        (error: Error) => say(500, `The history cannot be read: ${error.message.split('\n')[0]}\n`),
      );
    },
    { what: 'The metrics', host, port },
  );
}
