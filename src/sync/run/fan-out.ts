import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { BINARY_HEADER, BINARY_TRAILER } from '../plan/export.ts';
import { wholeRows } from './row-size.ts';

type Done = (error?: Error | null) => void;

/** Deals whole rows out to several COPYs, each to one that can take them. When one fails, all of them do. */
export class FanOut extends Writable {
  private readonly sinks: readonly Writable[];
  private readonly format: 'binary' | 'text';
  private readonly free: Writable[];
  private rest: Buffer = Buffer.alloc(0);
  private waiting: (() => void) | undefined;

  constructor(sinks: readonly Writable[], format: 'binary' | 'text') {
    super();
    this.sinks = sinks;
    this.format = format;
    this.free = [...sinks];
    for (const sink of sinks) {
      sink.on('error', (error) => this.destroy(error));
      if (format === 'binary') sink.write(BINARY_HEADER);
    }
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    const data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const { end } = wholeRows(data, this.format);
    this.rest = data.subarray(end);
    if (end === 0) done();
    else this.send(data.subarray(0, end), done);
  }

  override _final(done: Done): void {
    if (this.rest.length > 0) {
      done(new Error(`the export ends within a row: ${this.rest.length} bytes are left`));
      return;
    }
    for (const sink of this.sinks) sink.end(this.format === 'binary' ? BINARY_TRAILER : undefined);
    Promise.all(this.sinks.map((sink) => finished(sink))).then(
      () => done(),
      (error: Error) => done(error),
    );
  }

  override _destroy(error: Error | null, done: Done): void {
    if (error !== null) for (const sink of this.sinks) sink.destroy(error);
    done(error);
  }

  /** Goes on at once while there is anybody free to take the next piece. */
  private send(piece: Buffer, done: Done): void {
    const sink = this.free.shift()!;
    if (sink.write(piece)) this.free.push(sink);
    else sink.once('drain', () => this.isFree(sink));
    if (this.free.length > 0) done();
    else this.waiting = done;
  }

  private isFree(sink: Writable): void {
    this.free.push(sink);
    const waiting = this.waiting;
    this.waiting = undefined;
    waiting?.();
  }
}
