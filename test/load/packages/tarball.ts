import { gzipSync } from 'node:zlib';

export interface Entry {
  readonly path: string;
  readonly contents?: string;
  /** `0` a file, `5` a folder, `2` a link, ... */
  readonly type?: string;
}

/** A .tar.gz made by hand, so that it may hold what no tool would write. */
export function tarball(entries: readonly Entry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(record), Buffer.alloc(1024)]));
}

function record({ path, contents = '', type = '0' }: Entry): Buffer {
  const body = Buffer.from(contents);
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}
