import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BINARY_HEADER, BINARY_TRAILER } from '../plan/export.ts';
import type { SyncPlan } from '../plan/plan.ts';
import type { Connection } from '../postgres/connection.ts';
import type { ClickHousePort, ExternalTable } from '../types.ts';

export interface CopyResult {
  readonly rows: number;
  readonly bytes: number;
}

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Relays the export's bytes into COPY with back-pressure. `pipeline` is what makes this safe: when either side fails,
 * the other is destroyed, COPY is told to fail, and not one row stays.
 */
export async function copyRows(
  clickhouse: ClickHousePort,
  connection: Connection,
  lookups: Connection,
  plan: SyncPlan,
  options: CopyOptions,
): Promise<CopyResult> {
  const external = plan.lookups.map((lookup): ExternalTable => externalTable(lookups, lookup));
  const { signal } = options;
  const source = await clickhouse.exportStream(plan.exportSql, { settings: plan.settings, external, signal });
  const sink = connection.query(copyFrom(plan.copy));
  const relay = new Relay(plan.format === 'binary', options.onBytes);
  try {
    await pipeline(source, relay, sink, { signal });
  } catch (error) {
    throw relay.serverMessage() ?? error;
  }
  return { rows: sink.rowCount, bytes: relay.bytes };
}

function externalTable(connection: Connection, lookup: SyncPlan['lookups'][number]): ExternalTable {
  const data = lookup.copyOut === undefined ? emptyStream() : connection.query(copyTo(lookup.copyOut));
  return { name: lookup.name, structure: lookup.structure, format: 'TabSeparated', data };
}

function emptyStream(): NodeJS.ReadableStream {
  const stream = new Transform();
  stream.end();
  return stream;
}

/** Enough for the message that ClickHouse writes into the stream when it fails halfway. */
const TAIL_BYTES = 16_384;

/** Passes chunks on unchanged, between the frame of the binary format; counts, and remembers the end. */
class Relay extends Transform {
  bytes = 0;
  private readonly binary: boolean;
  private readonly onBytes: (bytes: number) => void;
  private tail: Buffer[] = [];
  private tailBytes = 0;

  constructor(binary: boolean, onBytes: (bytes: number) => void) {
    super({ highWaterMark: 1 << 20 });
    this.binary = binary;
    this.onBytes = onBytes;
    if (binary) this.push(BINARY_HEADER);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    this.onBytes(this.bytes);
    this.tail.push(chunk);
    this.tailBytes += chunk.length;
    while (this.tailBytes - this.tail[0]!.length >= TAIL_BYTES) this.tailBytes -= this.tail.shift()!.length;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    // A server that dies politely would end the stream well after its message: that is no end of the rows.
    const failure = this.serverMessage();
    if (failure) done(failure);
    else done(null, this.binary ? BINARY_TRAILER : undefined);
  }

  /** The error that ClickHouse wrote after the last row, if it did. */
  serverMessage(): Error | undefined {
    const text = Buffer.concat(this.tail).subarray(-TAIL_BYTES).toString('latin1');
    const at = text.lastIndexOf('\r\n__exception__\r\n');
    if (at < 0) return undefined;
    const [, , , message] = text.slice(at).split('\r\n');
    return new Error(
      Buffer.from(message ?? '', 'latin1')
        .toString('utf8')
        .trim(),
    );
  }
}
