import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

/** In node's own threads: a large project has hundreds of chunks. */
const deflate = promisify(deflateRaw);

/** A part of the site's data that a page loads when it needs it. */
export interface Chunk {
  readonly name: string;
  /** Compressed, as base64: it rests in a script or in the page itself. */
  readonly payload: string;
  /** Of its content: its file never changes. */
  readonly hash: string;
}

export async function chunkOf(name: string, content: unknown, level: number): Promise<Chunk> {
  const bytes = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
  const packed = await deflate(bytes, { level });
  const hash = createHash('sha256').update(packed).digest('hex').slice(0, 10);
  return { name, payload: packed.toString('base64'), hash };
}

export const chunkFile = ({ name, hash }: Chunk): string => `${name}.${hash}.js`;

/** A classic script, since `fetch` is not allowed on file://. */
export const chunkScript = ({ name, payload }: Chunk): string => `T(${JSON.stringify(name)},"${payload}")\n`;
