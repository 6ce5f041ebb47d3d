import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import { aborted } from './aborted.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `docs serve`: what `docs generate` wrote, over HTTP, until it is interrupted. */
export async function docsServe(request: Request, openBrowser: boolean): Promise<number> {
  const { targetPath, statePath, root, flags } = await readProject(request);
  if (!existsSync(join(targetPath, 'index.html'))) {
    throw new TsdbtError({
      code: 'TSD9002',
      message: `There is no documentation in ${relative(root.root, targetPath) || '.'}`,
      hint: 'tsdbt docs generate writes it.',
    });
  }
  const [{ serveSite }, { liveFile }] = await Promise.all([
    import('../docs/index.ts'),
    import('../artifacts/index.ts'),
  ]);
  const server = await serveSite({
    folder: targetPath,
    host: String(flags['host'] ?? '127.0.0.1'),
    port: Number(flags['port'] ?? 8080),
    live: liveFile(statePath),
  });
  const print = (msg: string): void => request.emit({ name: 'PrintEvent', data: { msg } });
  print(`Serving docs at ${server.url}\nPress Ctrl+C to exit.`);
  if (openBrowser && flags['browser'] !== false) open(server.url);
  await aborted(request.interrupted);
  await server.close();
  return 0;
}

/** Where there is no browser, the address on the screen is enough. */
function open(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
