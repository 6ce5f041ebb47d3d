import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readTarball } from '../../../src/load/packages/tar.ts';
import { tarball } from './tarball.ts';

describe('archives', () => {
  test('files, and paths longer than a header', () => {
    const long = `a/${'b/'.repeat(80)}c.sql`;
    const archive = tarball([
      { path: 'a/', type: '5' },
      { path: 'a/x.sql', contents: 'select 1' },
      { path: 'long', type: 'L', contents: long },
      { path: 'cut', contents: 'long' },
      { path: 'pax', type: 'x', contents: '14 path=a/pax\n' },
      { path: 'cut', contents: 'pax' },
    ]);
    const files = readTarball(archive, 'here').map(({ path, contents }) => [path, contents.toString()]);
    expect(files).toEqual([
      ['a/x.sql', 'select 1'],
      [long, 'long'],
      ['a/pax', 'pax'],
    ]);
  });

  test.each([
    [{ path: '../x' }],
    [{ path: 'a/../../x' }],
    [{ path: '/etc/x' }],
    [{ path: 'C:x' }],
    [{ path: 'a\\..\\x' }],
    [{ path: 'a/link', type: '2' }],
    [{ path: 'a/link', type: '1' }],
    [{ path: 'a/device', type: '3' }],
  ])('%o is refused', (entry) => {
    expect(() => readTarball(tarball([entry]), 'here')).toThrow(/was not unpacked/);
  });

  test('what is no archive, or only half of one', () => {
    expect(() => readTarball(Buffer.from('no'), 'here')).toThrow(/no archive/);
    const header = Buffer.alloc(512, 'x');
    expect(() => readTarball(gzipSync(header), 'here')).toThrow(/damaged/);
  });
});
