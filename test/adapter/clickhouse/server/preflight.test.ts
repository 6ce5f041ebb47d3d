import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeFailure } from '../../../../src/adapter/clickhouse/server/failure.ts';
import { checkProcessor, findLibrary, prepareDirectory } from '../../../../src/adapter/clickhouse/server/preflight.ts';

test('a processor without AVX2 is refused, before the engine dies of it', () => {
  const cpuinfo = (flags: string): string => `processor\t: 0\nmodel name\t: x\nflags\t\t: ${flags}\nbugs\t\t:\n`;
  expect(() => checkProcessor(cpuinfo('fpu avx avx512f'))).toThrow(/AVX2/);
  expect(() => checkProcessor(cpuinfo('fpu avx avx2 bmi2'))).not.toThrow();
  expect(() => checkProcessor('Processor : ARM\nFeatures : fp asimd\n')).not.toThrow();
});

test('a platform without an engine, and optional packages left out', () => {
  expect(() => findLibrary('win32-x64')).toThrow('there is no private ClickHouse for win32-x64');
  expect(() => findLibrary('linux-x64', 'file:///nowhere/tsdbt.js')).toThrow('the optional package ffi-rs is missing');
  expect(findLibrary()).toMatch(/libchdb\.so$/);
});

test('the data directory is for its owner only, the folder it shares with others stays open', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-preflight-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const before = process.umask(0o022);
  onTestFinished(() => void process.umask(before));
  prepareDirectory(join(dir, '.tsdbt/clickhouse'));
  expect(statSync(join(dir, '.tsdbt')).mode & 0o777).toBe(0o755);
  expect(statSync(join(dir, '.tsdbt/clickhouse')).mode & 0o777).toBe(0o700);
});

const SAID: readonly [said: string, reason: string, told: RegExp][] = [
  [
    'Code: 76. DB::Exception: Cannot lock file /d/data/status. Another server instance in same directory is already running. (CANNOT_OPEN_FILE)',
    'locked',
    /another ClickHouse has the data directory \/d open \(Code: 76/,
  ],
  ['Code: 210. DB::Exception: Listen [127.0.0.1]:1 failed: Address already in use. (NETWORK_ERROR)', 'port', /port/],
  [
    'Code: 75. DB::ErrnoException: Cannot write to file /d/x, errno: 28, strerror: No space left on device.',
    'disk',
    /^the disk of \/d is full/,
  ],
  ['Code: 243. DB::Exception: Not enough space. (NOT_ENOUGH_SPACE)', 'disk', /full/],
  ["Error: EACCES: permission denied, open '/d/server.log'", 'permission', /may not write in \/d/],
  ['\nended by SIGILL', 'processor', /AVX2/],
  ["/lib/libm.so.6: version `GLIBC_2.38' not found", 'library', /could not be loaded/],
  [
    'Code: 1. DB::Exception: odd. (ODD), Stack trace (when copying):\n0. ? @ 0x1\n',
    'other',
    /while starting: Code: 1. .*ODD\)$/,
  ],
  ['\nended by SIGKILL', 'other', /ended by SIGKILL/],
];

test.each(SAID)('%s', (said, reason, told) => {
  const failure = describeFailure(said, '/d');
  expect(failure.reason).toBe(reason);
  expect(failure.message).toMatch(told);
  expect(failure.hint).not.toBe('');
});
