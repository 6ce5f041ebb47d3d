import { Transform, type TransformCallback } from 'node:stream';

/** Longer than any error the server appends to an answer it had begun. */
const TAIL_BYTES = 32 * 1024;

/** Remembers the end of what has passed. */
export class Tail {
  private chunks: Buffer[] = [];
  private size = 0;

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.chunks.length > 1 && this.size - this.chunks[0]!.length >= TAIL_BYTES) {
      this.size -= this.chunks.shift()!.length;
    }
  }

  /**
   * The error the server appended to its answer, if it did.
   * @param tag the mark it announced in a header to put around errors; versions before 25.11 announce none and append the bare text
   */
  error(tag: string | undefined): string | undefined {
    const text = Buffer.concat(this.chunks).subarray(-TAIL_BYTES).toString('utf8');
    if (tag !== undefined) {
      const mark = text.lastIndexOf(`__exception__\r\n${tag}\r\n`);
      if (mark === -1) return undefined;
      return text.slice(mark + 17 + tag.length).replace(/\s*\d+ \S+\s+__exception__\s*$/, '');
    }
    return /(?:^|[\r\n])(Code: \d+\. DB::Exception: [^\0]*\(version [^\n]*\)\s*)$/.exec(text)?.[1];
  }
}

/** Passes bytes on. When they end, in order or not, `onEnd` says which error to fail with, if any. */
export function watched(tail: Tail, onEnd: () => Error | undefined): Transform {
  return new Transform({
    highWaterMark: 256 * 1024,
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      tail.add(chunk);
      done(null, chunk);
    },
    flush(done: TransformCallback) {
      done(onEnd());
    },
  });
}
