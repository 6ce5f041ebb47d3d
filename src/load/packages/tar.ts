import { gunzipSync } from 'node:zlib';
import { TsdbtError } from '../../error/index.ts';

/** A file of an archive; its path has `/` and stays below the folder it is unpacked to. */
export interface TarFile {
  readonly path: string;
  readonly contents: Buffer;
}

const BLOCK = 512;
const MOST_BYTES = 1 << 29;

/**
 * The files of a .tar.gz. Written here, for packages need no more of the format than plain files, and because what leaves
 * its folder must not get through: links, absolute paths and `..` are refused. Throws TSD1009.
 */
export function readTarball(bytes: Buffer, from: string): readonly TarFile[] {
  let tar: Buffer;
  try {
    tar = gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw refused(from, `it is no archive (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  const files: TarFile[] = [];
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    if (!isSound(header) || !(size >= 0) || at + BLOCK + size > tar.length) throw refused(from, 'it is damaged');
    const contents = tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = text(header, 156, 1);
    if (type === 'g') continue;
    if (type === 'x' || type === 'L') {
      longPath = type === 'L' ? text(contents, 0, size) : (paxPath(contents) ?? longPath);
      continue;
    }
    const path = longPath ?? [text(header, 345, 155), text(header, 0, 100)].filter(Boolean).join('/');
    longPath = undefined;
    if (!staysInside(path)) throw refused(from, `${path} would leave its folder`);
    if (type === '5') continue;
    if (type !== '0' && type !== '') throw refused(from, `${path} is a link or a device`);
    files.push({ path, contents });
  }
  return files;
}

function text(block: Buffer, start: number, length: number): string {
  const part = block.subarray(start, start + length);
  const end = part.indexOf(0);
  return part.toString('utf8', 0, end < 0 ? part.length : end);
}

/** The sum of the header's bytes, its own field taken as blanks. */
function isSound(header: Buffer): boolean {
  const sum = header.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
  return Number.parseInt(text(header, 148, 8).trim(), 8) === sum;
}

function paxPath(contents: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(contents.toString('utf8'))?.[1];
}

function staysInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !/[\\\0]|^[A-Za-z]:/.test(path) && !path.split('/').includes('..');
}

function refused(from: string, why: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1009', message: `The package at ${from} was not unpacked: ${why}` });
}
