import { createReadStream, realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { isOwnName } from '../../util/local-server.ts';
import type { Follower } from './follow.ts';

interface Served {
  readonly folder: string;
  readonly host: string;
  readonly follower: Follower | undefined;
}

/** Where pages learn what happens. */
const EVENTS = '/events';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.sql': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
};

/** One request: a file of the folder, or why not. Nothing that is asked changes anything. */
export function answer(request: IncomingMessage, response: ServerResponse, served: Served): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  // A page elsewhere that has its name point here must not read what is served.
  const isOwn = isOwnName(request, served.host);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const { follower } = served;
  const isEvents = follower !== undefined && request.url === EVENTS;
  const file = isOwn && reads && !isEvents ? fileOf(request.url ?? '/', served.folder) : undefined;
  if (!isOwn) say(response, 403, 'This server answers to its own names only.');
  else if (!reads) say(response.setHeader('Allow', 'GET, HEAD'), 405, 'There is nothing here but pages to read.');
  else if (isEvents && request.method === 'GET') follower.join(response);
  else if (file === undefined) say(response, 404, 'There is no such page.');
  else {
    // The page asks for events only where it is told that there are any: elsewhere, asking would be an error.
    if (follower !== undefined) response.setHeader('Server-Timing', 'tsdbt-live');
    send(request, response, file);
  }
}

function send(request: IncomingMessage, response: ServerResponse, file: string): void {
  const { size, mtimeMs } = statSync(file);
  const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  response.setHeader('ETag', tag);
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': size,
  });
  if (request.method === 'HEAD') response.end();
  else {
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  }
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** The file, its links followed, if it lies within the folder. */
function fileOf(url: string, folder: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://site').pathname);
    const within = realpathSync(folder);
    const file = realpathSync(join(within, path === '/' ? 'index.html' : path));
    return file.startsWith(within + sep) && statSync(file).isFile() ? file : undefined;
  } catch {
    // Not there, or no path at all.
    return undefined;
  }
}
