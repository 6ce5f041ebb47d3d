import { type FSWatcher, realpathSync, watch } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isTsdbtError, type TsdbtError } from '../error/index.ts';
import { type CheckEngine, checkEngine } from './check-engine.ts';
import type { Request } from './request.ts';

/** What one check leaves for the next. */
export interface CheckEnded {
  readonly code: number;
  /** Folders to look at: the project's own, and those that hold its files with all below them. */
  readonly root: string;
  readonly folders: readonly string[];
}

/** Editors write a file in several steps. */
const SETTLE_MS = 15;
/** What tsdbt itself writes, and what is no part of a project. */
const NOT_READ = /(?:^|\/)(?:target|logs|\.tsdbt|\.git|node_modules|\.venv)(?:\/|$)|[~#]$|\.sw[a-z]$|\.tmp$/;

/**
 * `check --watch`: checks again after each save, until it is interrupted. What is not touched is remembered, the engine
 * stays open.
 */
export async function watchAndCheck(
  request: Request,
  checkOnce: (request: Request, engine: CheckEngine) => Promise<CheckEnded>,
): Promise<number> {
  const engine = checkEngine();
  const watched = new Map<string, FSWatcher>();
  let wake: (changed: string) => void = () => {};
  const heard = (folder: string) => (_: string, file: string | null) => {
    if (file !== null && !NOT_READ.test(file)) wake(join(basename(folder), file));
  };
  const look = (folders: readonly string[], recursive: boolean): void => {
    for (const folder of folders.flatMap(realPath)) {
      if (!watched.has(folder)) watched.set(folder, watch(folder, { recursive }, heard(folder)));
    }
  };
  let code = 0;
  try {
    while (!request.interrupted.aborted) {
      const changed = new Promise<string>((done) => {
        wake = done;
        request.interrupted.addEventListener('abort', () => done(''), { once: true });
      });
      try {
        const ended = await checkOnce(request, engine);
        code = ended.code;
        look([ended.root], false);
        look(ended.folders, true);
      } catch (error) {
        if (!isTsdbtError(error) || watched.size === 0) throw error;
        // Half-written files are what one sees while writing.
        code = 2;
        request.emit({ name: 'PrintEvent', data: { msg: textOf(error) } });
      }
      const file = await changed;
      if (request.interrupted.aborted) break;
      await new Promise((done) => setTimeout(done, SETTLE_MS));
      request.emit({ name: 'PrintEvent', data: { msg: `\n${file} changed` } });
    }
  } finally {
    for (const watcher of watched.values()) watcher.close();
    await engine.close();
  }
  return code;
}

/** Folders may be links, which are not looked into. */
function realPath(folder: string): string[] {
  try {
    return [realpathSync(resolve(folder))];
  } catch {
    return [];
  }
}

function textOf(error: TsdbtError): string {
  const all = error.problems.length > 0 ? error.problems : [error];
  return all.map(({ message, at }) => (at === undefined ? message : `${at.file}:${at.line}: ${message}`)).join('\n');
}
