import { accessSync, constants, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describeFailure, StartError } from './failure.ts';

/** Below this the engine cannot even write its own tables. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-x64': '@chdb/lib-darwin-x64',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
};

/** Where libchdb is. Throws StartError when the platform has none or the optional packages are not installed. */
export function findLibrary(platform = `${process.platform}-${process.arch}`, from = import.meta.url): string {
  const packageName = PLATFORMS[platform];
  if (packageName === undefined) {
    throw new StartError({
      reason: 'library',
      message: `there is no private ClickHouse for ${platform}`,
      hint: `It runs on ${Object.keys(PLATFORMS).join(', ')}; elsewhere use a profile with a ClickHouse server.`,
    });
  }
  const require = createRequire(from);
  try {
    require.resolve('ffi-rs');
    const chdb = createRequire(require.resolve('chdb/package.json'));
    return join(dirname(chdb.resolve(`${packageName}/package.json`)), 'libchdb.so');
  } catch (cause) {
    const missing = /'([^']+)'/.exec(String(cause))?.[1] ?? packageName;
    throw new StartError({
      reason: 'library',
      message: `the private ClickHouse is not installed: the optional package ${missing.replace('/package.json', '')} is missing`,
      hint: 'Run `npm install --include=optional`, or use a profile with a ClickHouse server.',
    });
  }
}

/** @param cpuinfo the text of /proc/cpuinfo. A text without flags (other platforms) passes. */
export function checkProcessor(cpuinfo: string): void {
  const flags = /^flags\s*:.*$/m.exec(cpuinfo)?.[0];
  if (flags !== undefined && !/\bavx2\b/.test(flags)) throw new StartError(describeFailure('SIGILL', ''));
}

/** Makes the data directory, for its owner only, and sees that it can be written to. Folders above it keep the usual mode: others keep their things there too. */
export function prepareDirectory(dataDir: string): void {
  try {
    mkdirSync(dirname(dataDir), { recursive: true });
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(describeFailure(String(error), dataDir));
  }
  const disk = statfsSync(dataDir);
  if (disk.bavail * disk.bsize < LEAST_FREE_BYTES) throw new StartError(describeFailure('ENOSPC', dataDir));
}

export function checkMachine(): void {
  if (process.platform === 'linux' && process.arch === 'x64') checkProcessor(readFileSync('/proc/cpuinfo', 'utf8'));
}
