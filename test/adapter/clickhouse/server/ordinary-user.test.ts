import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scratch } from '../private-server.ts';
import { buildHolder, endHolder, type Holder, moreWork, serverOf, startHolder } from './holders.ts';

/** `nobody`; where the tests do not run as root, they are an ordinary user's anyway. */
const USER = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
const owner = USER?.uid ?? process.getuid?.() ?? 0;

/** Half a gigabyte. */
const LARGE = 'libchdb.so';

function linkOrCopy(from: string, to: string): void {
  const forAll = (statSync(from).mode & 0o004) !== 0;
  try {
    if (!forAll) throw new Error('a link would be as unreadable');
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
    chmodSync(to, 0o755);
  }
}

/** An installation of its own that only its owner may read: the clone at hand may be root's alone. */
async function install(directory: string): Promise<string> {
  const built = await buildHolder();
  const dist = join(directory, 'dist');
  cpSync(dirname(built.file), dist, { recursive: true });
  const program = dirname(dirname(built.file));
  const isHolder = (file: string): boolean => basename(file).startsWith('test-');
  cpSync(program, dist, { recursive: true, filter: (file) => !isHolder(file) });
  built.remove();
  const require = createRequire(import.meta.url);
  const chdb = createRequire(require.resolve('chdb/package.json'));
  const ffi = createRequire(require.resolve('ffi-rs'));
  const platform = `${process.platform}-${process.arch}`;
  const suffix = process.platform === 'linux' ? '-gnu' : '';
  const packages = [
    ['chdb', dirname(require.resolve('chdb/package.json'))],
    ['ffi-rs', dirname(require.resolve('ffi-rs'))],
    [`@chdb/lib-${platform}${suffix}`, dirname(chdb.resolve(`@chdb/lib-${platform}${suffix}/package.json`))],
    [`@yuuang/ffi-rs-${platform}${suffix}`, dirname(ffi.resolve(`@yuuang/ffi-rs-${platform}${suffix}`))],
  ] as const;
  for (const [name, from] of packages) {
    const filter = (file: string): boolean => basename(file) !== LARGE;
    cpSync(realpathSync(from), join(directory, 'node_modules', name), { recursive: true, filter });
  }
  const lib = `@chdb/lib-${platform}${suffix}`;
  linkOrCopy(join(dirname(chdb.resolve(`${lib}/package.json`)), LARGE), join(directory, 'node_modules', lib, LARGE));
  return join(dist, 'holder.js');
}

function ownedPaths(directory: string, except: string): string[] {
  const paths = readdirSync(directory, { recursive: true }).map((name) => join(directory, String(name)));
  return [directory, ...paths.filter((path) => path !== except && basename(path) !== LARGE)];
}

let place: ReturnType<typeof scratch>;
let holder: Holder | undefined;
beforeEach(() => {
  place = scratch();
});
afterEach(async () => {
  holder?.child.kill('SIGKILL');
  await place.remove();
});

test('it runs as an ordinary user, whose alone its files are, and says so where that user may not write', async () => {
  const file = await install(place.dir);
  const mine = join(place.dir, 'mine');
  const others = join(place.dir, 'others');
  for (const directory of [mine, others]) mkdirSync(directory);
  chmodSync(others, 0o555);
  chmodSync(place.dir, 0o700);
  if (USER !== undefined) for (const path of ownedPaths(place.dir, others)) chownSync(path, USER.uid, USER.gid);

  holder = startHolder(file, join(mine, 'ch'), USER);
  await serverOf(holder);
  await moreWork(holder);
  expect(statSync(join(mine, 'ch', 'server.json'))).toMatchObject({ uid: owner });
  expect(statSync(join(mine, 'ch', 'server.json')).mode & 0o077).toBe(0);
  await endHolder(holder);

  holder = startHolder(file, join(others, 'ch'), USER);
  expect(JSON.parse(await holder.line((line) => line.startsWith('{')))).toMatchObject({
    code: 'TSD3003',
    error: expect.stringContaining(`may not write in ${join(others, 'ch')}`),
    hint: expect.stringContaining('another user'),
  });
});
