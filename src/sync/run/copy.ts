import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BINARY_HEADER, BINARY_TRAILER } from '../plan/export.ts';
import type { SyncPlan } from '../plan/plan.ts';
import { type StageAccess, type StagedSql, stagedStatement } from '../plan/stage/access.ts';
import type { Connection } from '../postgres/connection.ts';
import type { ClickHousePort } from '../types.ts';
import { FanOut } from './fan-out.ts';
import { rowBytes } from './row-size.ts';

export interface CopyResult {
  readonly rows: number;
  readonly bytes: number;
}

export interface CopyOptions {
  /** Session of ClickHouse that holds the look-ups. */
  readonly sessionId: string;
  readonly signal?: AbortSignal | undefined;
  readonly stage?: StageAccess | undefined;
  /** `rows` is reckoned from the size of the first ones. */
  readonly onBytes: (bytes: number, rows: number | undefined) => void;
  /** Called when ClickHouse has begun to read the source. */
  readonly onExport?: (() => void) | undefined;
}

/**
 * Relays the export's bytes into COPY with back-pressure; into several at once where there is more than one connection.
 * `pipeline` is what makes this safe: when either side fails, the other is destroyed, COPY is told to fail, and not one row stays.
 */
export async function copyRows(
  clickhouse: ClickHousePort,
  connections: readonly Connection[],
  plan: SyncPlan,
  { sessionId, signal, onBytes, stage, onExport }: CopyOptions,
): Promise<CopyResult> {
  const sql = withFile(plan, plan.exportSql, stage);
  const { stream } = await clickhouse.exportStream(sql, {
    settings: plan.settings,
    sessionId,
    abort: signal,
  });
  onExport?.();
  const sinks = connections.map((connection) => connection.query(copyFrom(plan.copy)));
  const alone = sinks.length === 1;
  const relay = new Relay(plan.format, alone, onBytes);
  await pipeline(stream, relay, alone ? sinks[0]! : new FanOut(sinks, plan.format), { signal });
  return { rows: sinks.reduce((sum, sink) => sum + sink.rowCount, 0), bytes: relay.bytes };
}

/** Writes the rows, look-ups joined, to the file that the export then reads: one consistent state of the source. */
export async function writeStage(
  clickhouse: ClickHousePort,
  plan: SyncPlan,
  seconds: number,
  { sessionId, signal, stage }: Pick<CopyOptions, 'sessionId' | 'signal' | 'stage'>,
): Promise<void> {
  if (plan.stage === undefined) return;
  const settings = { ...plan.stage.writeSettings, max_execution_time: seconds };
  await clickhouse.query(withFile(plan, plan.stage.write, stage), { settings, sessionId, abort: signal, fetch: false });
}

function withFile({ stage }: SyncPlan, sql: string | StagedSql, access: StageAccess | undefined): string {
  return typeof sql === 'string' ? sql : stagedStatement(sql, stage!.file, access ?? {});
}

/** Sends what the look-ups read from Postgres into temporary tables of the session, where the export joins them. */
export async function sendLookups(
  clickhouse: ClickHousePort,
  connection: Connection,
  plan: SyncPlan,
  { sessionId, signal }: Pick<CopyOptions, 'sessionId' | 'signal'>,
): Promise<void> {
  for (const { name, structure, copyOut } of plan.lookups) {
    await clickhouse.query(`CREATE TEMPORARY TABLE ${name} (${structure})`, { sessionId, abort: signal });
    if (copyOut === undefined) continue;
    const data = connection.query(copyTo(copyOut));
    await clickhouse.insertStream(`INSERT INTO ${name} FORMAT TabSeparated`, data, { sessionId, abort: signal });
  }
}

/** ClickHouse ends what it cannot finish with words of its own, no longer than this. */
const LAST_WORDS_BYTES = 32_768;

/**
 * Passes chunks on unchanged, between the frame of the binary format where one COPY gets them all, and counts them. The newest stay here until more
 * come: Postgres would complain of ClickHouse's last words before we have read them.
 */
class Relay extends Transform {
  bytes = 0;
  private readonly format: 'binary' | 'text';
  private readonly framed: boolean;
  private readonly onBytes: CopyOptions['onBytes'];
  private rowBytes: number | undefined;
  private readonly held: Buffer[] = [];
  private heldBytes = 0;

  constructor(format: 'binary' | 'text', framed: boolean, onBytes: CopyOptions['onBytes']) {
    super();
    this.format = format;
    this.framed = framed && format === 'binary';
    this.onBytes = onBytes;
    if (this.framed) this.push(BINARY_HEADER);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.bytes === 0) this.rowBytes = rowBytes(chunk, this.format);
    this.bytes += chunk.length;
    this.onBytes(this.bytes, this.rowBytes && Math.floor(this.bytes / this.rowBytes));
    this.held.push(chunk);
    this.heldBytes += chunk.length;
    while (this.heldBytes - this.held[0]!.length >= LAST_WORDS_BYTES) {
      const oldest = this.held.shift()!;
      this.heldBytes -= oldest.length;
      this.push(oldest);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    for (const chunk of this.held) this.push(chunk);
    done(null, this.framed ? BINARY_TRAILER : undefined);
  }
}
