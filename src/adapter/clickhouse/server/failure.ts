import type { FailureReason, StartFailure } from './types.ts';

interface KnownFailure {
  readonly reason: FailureReason;
  readonly pattern: RegExp;
  readonly message: (dataDir: string) => string;
  readonly hint: string;
}

/** What the engine says when it cannot start, and what that means to a person. The first match counts. */
const KNOWN: readonly KnownFailure[] = [
  {
    reason: 'locked',
    pattern: /Cannot lock file|Another server instance/,
    message: (dir) => `another ClickHouse has the data directory ${dir} open`,
    hint: 'End that process (its number is in data/status of the directory), or give the profile another `embedded: {path: …}`.',
  },
  {
    reason: 'port',
    pattern: /Address already in use/,
    message: () => 'every port tried for the private ClickHouse was taken by another process',
    hint: 'Run the command again; if it persists, something on this machine takes all free ports of 127.0.0.1.',
  },
  {
    reason: 'disk',
    pattern: /No space left on device|NOT_ENOUGH_SPACE|Disk quota exceeded|ENOSPC|EDQUOT/,
    message: (dir) => `the disk of ${dir} is full`,
    hint: 'Free some space there, or give the profile an `embedded: {path: …}` on another disk.',
  },
  {
    reason: 'permission',
    pattern: /Permission denied|EACCES|EPERM|Operation not permitted/,
    message: (dir) => `the private ClickHouse may not write in ${dir}`,
    hint: 'The directory belongs to another user, or was made by root: remove it, change its owner, or use another path.',
  },
  {
    reason: 'processor',
    pattern: /SIGILL/,
    message: () => 'the processor lacks instructions the private ClickHouse is built for (AVX2)',
    hint: 'Use a profile with a ClickHouse server on another machine (docker or host), or another processor.',
  },
  {
    reason: 'library',
    pattern: /GLIBC|cannot open shared object|invalid ELF|dlopen|Cannot find module/,
    message: () => 'the library of the private ClickHouse could not be loaded',
    hint: 'It needs glibc 2.28 or later; reinstall with `npm install --include=optional chdb ffi-rs`.',
  },
];

/** @param output what the engine wrote and how it ended, e.g. `Code: 76. … ended by SIGILL` */
export function describeFailure(output: string, dataDir: string): StartFailure {
  const text = output.split(/,? Stack trace/)[0]?.trim() ?? '';
  const known = KNOWN.find((k) => k.pattern.test(text));
  if (known === undefined) {
    const said = text.split('\n').slice(-5).join('\n');
    return {
      reason: 'other',
      message: `the private ClickHouse ended while starting: ${said || 'it said nothing'}`,
      hint: `Look into ${dataDir}/server.log.`,
    };
  }
  const said = /Code: \d+[^\n]*/.exec(text)?.[0];
  return { reason: known.reason, message: known.message(dataDir) + (said ? ` (${said})` : ''), hint: known.hint };
}

/** A start that failed for a reason we can name; carries it from where it is seen to where it is told. */
export class StartError extends Error {
  readonly failure: StartFailure;

  constructor(failure: StartFailure) {
    super(failure.message);
    this.failure = failure;
  }
}
