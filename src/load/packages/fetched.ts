import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TsdbtError } from '../../error/index.ts';
import { download } from './hub.ts';
import { readTarball } from './tar.ts';

/** Unpacks an archive below `downloads`; the path of its only folder. */
export async function fetchTarball(url: string, name: string, downloads: string): Promise<string> {
  const files = readTarball(await download(url, `The archive of ${name} was not found`), name);
  const folder = mkdtempSync(join(downloads, 'tarball-'));
  for (const { path, contents } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  const [top, ...others] = readdirSync(folder);
  if (top !== undefined && others.length === 0) return join(folder, top);
  throw new TsdbtError({
    code: 'TSD1009',
    message: `Incorrect structure for package extracted for ${name}: it must hold one folder with the package in it`,
  });
}

export interface Checkout {
  readonly path: string;
  readonly commit: string;
}

/** Clones one revision (HEAD where null) with the machine's own git, which knows its keys and proxies. */
export async function fetchGit(url: string, revision: string | null, downloads: string): Promise<Checkout> {
  // Below the temporary folder, whose own mode would keep others from reading the package.
  const folder = join(mkdtempSync(join(downloads, 'git-')), 'repository');
  mkdirSync(folder);
  const run = (...args: readonly string[]) => git(['-C', folder, ...args], url);
  await run('init', '-q');
  await run('fetch', '-q', '--depth', '1', '--', url, revision ?? 'HEAD');
  await run('checkout', '-q', 'FETCH_HEAD');
  return { path: folder, commit: (await run('rev-parse', 'HEAD')).trim() };
}

async function git(args: readonly string[], url: string): Promise<string> {
  const child = spawn('git', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [status, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]).catch(
    (cause: unknown) => {
      throw new TsdbtError({
        code: 'TSD1009',
        message: 'git could not be started',
        hint: 'Make sure git is installed on your machine.',
        cause,
      });
    },
  );
  if (status === 0) return out;
  // The address may hold a token.
  const said = err
    .replaceAll(url, 'the repository')
    .replace(/\/\/[^/@\s]*@/g, '//*****@')
    .trim();
  throw new TsdbtError({ code: 'TSD1009', message: `Error checking out a package with git:\n${said}` });
}
