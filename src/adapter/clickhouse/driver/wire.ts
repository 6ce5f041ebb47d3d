import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClickHouseClient } from '@clickhouse/client';
import { classify, GatewayError, refusal } from './failure.ts';
import { BrokenAnswer, parseResult, RESULT_FORMAT } from './result-format.ts';
import { parseServerError, statementError } from './server-error.ts';
import { Tail, watched } from './tail.ts';
import { isReading } from './transient.ts';
import type { QuerySummary, ResultColumn, Settings } from './types.ts';

/** One statement as it goes over the wire. */
export interface WireRequest {
  readonly sql: string;
  readonly queryId: string;
  readonly settings: Settings;
  readonly sessionId?: string | undefined;
  readonly data?: Readable | undefined;
  /** What a reader of the answer is told when the connection breaks; by default, what the client throws. */
  readonly explain?: ((error: unknown) => Promise<Error>) | undefined;
  /** Breaks the connection: the last resort. */
  readonly breakOff?: AbortSignal | undefined;
}

/** Sessions outlive the longest pause between two statements of a node. Seconds; the server's maximum. */
const SESSION_SECONDS = 3600;

/** An answer that has begun, as it comes. */
interface Answer {
  readonly stream: Readable;
  readonly header: (name: string) => string | undefined;
  /** The server's error at the end of what has come, if it appended one. */
  readonly appended: (tail: Tail) => Error | undefined;
}

async function begin(client: ClickHouseClient, request: WireRequest): Promise<Answer> {
  const { sql, queryId, sessionId, data, breakOff } = request;
  const parameters: Settings = {
    ...request.settings,
    // Only where the statement has no FORMAT of its own; nothing is appended to its text.
    default_format: RESULT_FORMAT,
    ...(sessionId === undefined ? {} : { session_timeout: SESSION_SECONDS }),
  };
  const response = await client.exec({
    query: sql,
    query_id: queryId,
    // The client cuts the server's message short; we read it ourselves.
    ignore_error_response: true,
    clickhouse_settings: parameters,
    ...(sessionId === undefined ? {} : { session_id: sessionId }),
    ...(breakOff === undefined ? {} : { abort_signal: breakOff }),
    ...(data === undefined ? {} : { values: data }),
  });
  const header = (name: string): string | undefined => {
    const value = response.response_headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const status = response.http_status_code ?? 200;
  if (status >= 400 || header('x-clickhouse-exception-code') !== undefined) {
    throw refusal(status, await text(response.stream), sql, queryId);
  }
  if (!Object.keys(response.response_headers).some((name) => name.startsWith('x-clickhouse-'))) {
    response.stream.destroy();
    throw new GatewayError(`HTTP ${status} that is not ClickHouse's`);
  }
  const appended = (tail: Tail): Error | undefined => {
    const said = tail.error(header('x-clickhouse-exception-tag'));
    const info = said === undefined ? undefined : parseServerError(said, sql, queryId);
    return info === undefined ? undefined : statementError(info);
  };
  return { stream: response.stream, header, appended };
}

/** Sends a statement and resolves when the answer begins. Rejects with what the client throws; see classify. */
export async function send(client: ClickHouseClient, request: WireRequest): Promise<Readable> {
  const answer = await begin(client, request);
  const tail = new Tail();
  const stream = watched(tail, () => answer.appended(tail));
  // After an error the server breaks the connection; its own words tell more than that.
  answer.stream.on('error', async (error) => {
    stream.destroy(answer.appended(tail) ?? (await request.explain?.(error)) ?? error);
  });
  stream.on('close', () => answer.stream.destroy());
  answer.stream.pipe(stream);
  return stream;
}

export interface WireRows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly summary: QuerySummary | undefined;
}

/** Sends a statement and reads its answer to the end. An answer in a FORMAT of the statement's own is one text value. */
export async function sendAndRead(client: ClickHouseClient, request: WireRequest, fetch: boolean): Promise<WireRows> {
  const answer = await begin(client, request);
  const body = await read(answer, fetch);
  const summary = readSummary(answer.header('x-clickhouse-summary'));
  if (!fetch) return { columns: [], rows: [], summary };
  const format = answer.header('x-clickhouse-format') ?? '';
  // The header names the format of what was to come.
  if (body === '' && format !== '' && isReading(request.sql)) throw new BrokenAnswer('the answer is empty');
  if (format === RESULT_FORMAT || body === '') return { ...parseResult(body), summary };
  return { columns: [{ name: 'output', type: 'String' }], rows: [[body]], summary };
}

/** The whole answer, or nothing of one that nobody wants. */
async function read({ stream, appended }: Answer, isWanted: boolean): Promise<string> {
  const tail = new Tail();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) {
      tail.add(chunk as Buffer);
      if (isWanted) chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw appended(tail) ?? error;
  }
  const error = appended(tail);
  if (error !== undefined) throw error;
  return Buffer.concat(chunks).toString('utf8');
}

/** Rows of a statement of our own; throws what ClickHouse said. */
export async function ask(client: ClickHouseClient, sql: string, queryId: string, settings: Settings = {}) {
  try {
    return (await sendAndRead(client, { sql, queryId, settings }, true)).rows;
  } catch (error) {
    const failure = classify(error, queryId);
    throw failure.kind === 'server' ? failure.error : failure.cause;
  }
}

function readSummary(json: string | undefined): QuerySummary | undefined {
  if (json === undefined) return undefined;
  const s = JSON.parse(json) as Readonly<Record<string, string | undefined>>;
  const count = (name: string): number => Number(s[name] ?? 0);
  return {
    readRows: count('read_rows'),
    readBytes: count('read_bytes'),
    writtenRows: count('written_rows'),
    writtenBytes: count('written_bytes'),
    elapsedMs: count('elapsed_ns') / 1e6,
  };
}
