import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { StringDecoder } from 'node:string_decoder';

/** What open pages are told of. */
export interface Followed {
  /** The file that a run writes while it goes on: a head, then a line for each thing that happens. */
  readonly live: string;
  /** index.html: where it changes, the documentation was made anew. */
  readonly page: string;
}

/** Tells every open page what happens, as server-sent events: `run`, `lines` and `changed`. */
export interface Follower {
  join(response: ServerResponse): void;
  close(): void;
}

const EVERY_MS = 400;
const MOST_PAGES = 50;

export function follow({ live, page }: Followed): Follower {
  const pages = new Set<ServerResponse>();
  const file = lineReader(live);
  let known: readonly string[] = [];
  let made = madeAt(page);
  let timer: NodeJS.Timeout | undefined;
  let quiet = 0;

  const tell = (text: string): void => {
    quiet = 0;
    for (const one of pages) one.write(text);
  };
  const look = (): void => {
    const { lines, isAnew } = file.more();
    if (isAnew) known = [];
    const isBegun = known.length > 0;
    known = [...known, ...lines];
    if (lines.length > 0) tell(isBegun ? message('lines', lines) : asRun(known));
    if (isBegun && isGoingOn(known) && !isAlive(known[0])) {
      known = [...known, '["over",0]'];
      tell(message('lines', known.slice(-1)));
    }
    const now = madeAt(page);
    if (now !== made) tell(message('changed', [String(now)]));
    made = now;
    // Proxies and browsers end what is silent for long.
    if (++quiet * EVERY_MS > 15_000) tell(':\n\n');
  };
  return {
    join(response) {
      if (pages.size >= MOST_PAGES) {
        response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Too many pages are open.\n');
        return;
      }
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
      response.write('retry: 2000\n\n');
      response.on('close', () => {
        pages.delete(response);
        if (pages.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
      // Those that are open already learn it first.
      look();
      pages.add(response);
      if (isGoingOn(known) && isAlive(known[0])) response.write(asRun(known));
      timer ??= setInterval(look, EVERY_MS);
    },
    close() {
      clearInterval(timer);
      for (const one of pages) one.end();
      pages.clear();
    },
  };
}

function message(event: string, lines: readonly string[]): string {
  return `event: ${event}\ndata: [${lines.join(',')}]\n\n`;
}

const asRun = (lines: readonly string[]): string => message('run', lines);

function isGoingOn(lines: readonly string[]): boolean {
  return lines.length > 0 && !lines.at(-1)?.startsWith('["over"');
}

function isAlive(head: string | undefined): boolean {
  try {
    process.kill(Number((JSON.parse(head ?? '{}') as { readonly pid?: unknown }).pid), 0);
    return true;
  } catch (error) {
    // Another user's process is one, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function madeAt(page: string): number {
  return statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whole lines that were added since it was last asked; from the start where the file is another. */
function lineReader(path: string): { more(): { readonly lines: readonly string[]; readonly isAnew: boolean } } {
  let at = 0;
  let inode = 0;
  let rest = '';
  let decoder = new StringDecoder('utf8');
  return {
    more() {
      const found = statSync(path, { throwIfNoEntry: false });
      const isAnew = found === undefined || found.ino !== inode || found.size < at;
      if (isAnew) {
        [at, rest, decoder] = [0, '', new StringDecoder('utf8')];
        inode = found?.ino ?? 0;
      }
      if (found === undefined || found.size === at) return { lines: [], isAnew };
      const bytes = readFrom(path, at, found.size - at);
      at += bytes.length;
      const text = rest + decoder.write(bytes);
      const lines = text.split('\n');
      rest = lines.pop() ?? '';
      return { lines: lines.filter(isJson), isAnew };
    },
  };
}

function readFrom(path: string, at: number, length: number): Buffer {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // Taken away since it was last seen: the next look finds out.
    return Buffer.alloc(0);
  }
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, at));
  } finally {
    closeSync(file);
  }
}

/** What is no JSON would break everything that follows it. */
function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
