import { request } from 'node:http';
import type { ServerAddress } from './types.ts';

/** Asks the server one short question over a connection of its own. Rejects when it does not answer with 200 in time. */
export function ask(server: ServerAddress, sql: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const auth = `${server.user}:${server.password}`;
    const options = { host: server.host, port: server.port, auth, method: 'POST', agent: false, timeout: timeoutMs };
    const req = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('error', reject);
      response.on('end', () => (response.statusCode === 200 ? resolve(body.trim()) : reject(new Error(body))));
    });
    req.on('timeout', () => req.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    req.on('error', reject);
    req.end(sql);
  });
}
