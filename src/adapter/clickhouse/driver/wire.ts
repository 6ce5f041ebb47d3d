import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Answer, HttpClient } from './client.ts';
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

export interface WireResponse {
  /** Fails with the server's error where the server appends one. */
  readonly stream: Readable;
}

/** Sessions outlive the longest pause between two statements of a node. Seconds; the server's maximum. */
const SESSION_SECONDS = 3600;

/** Sends a statement and resolves when the answer begins. Rejects with what the client throws; see classify. */
export async function send(client: HttpClient, request: WireRequest): Promise<WireResponse> {
  const answer = await begin(client, request);
  const tail = new Tail();
  const appended = () => appendedError(answer, tail, request);
  const stream = watched(tail, appended);
  // After an error the server breaks the connection; its own words tell more than that.
  answer.body.on('error', async (error) => {
    stream.destroy(appended() ?? (await request.explain?.(error)) ?? error);
  });
  stream.on('close', () => answer.body.destroy());
  answer.body.pipe(stream);
  return { stream };
}

/** The beginning of an answer that is ClickHouse's and no error. */
async function begin(client: HttpClient, request: WireRequest): Promise<Answer> {
  const { sql, queryId, sessionId, data, breakOff } = request;
  const parameters: Settings = {
    ...request.settings,
    // Only where the statement has no FORMAT of its own; nothing is appended to its text.
    default_format: RESULT_FORMAT,
    ...(sessionId === undefined ? {} : { session_timeout: SESSION_SECONDS }),
  };
  const answer = await client.exec({ sql, queryId, parameters, sessionId, data, breakOff });
  const { status, headers, body } = answer;
  if (status >= 400 || headers['x-clickhouse-exception-code'] !== undefined) {
    throw refusal(status, await text(body), sql, queryId);
  }
  if (!Object.keys(headers).some((name) => name.startsWith('x-clickhouse-'))) {
    body.destroy();
    throw new GatewayError(`HTTP ${status} that is not ClickHouse's`);
  }
  return answer;
}

/** The error that the server appended to an answer it had begun. */
function appendedError({ headers }: Answer, tail: Tail, { sql, queryId }: WireRequest): Error | undefined {
  const said = tail.error(only(headers['x-clickhouse-exception-tag']));
  const info = said === undefined ? undefined : parseServerError(said, sql, queryId);
  return info === undefined ? undefined : statementError(info);
}

function only(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

export interface WireRows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly summary: QuerySummary | undefined;
}

/** Sends a statement and reads its answer to the end. An answer in a FORMAT of the statement's own is one text value. */
export async function sendAndRead(client: HttpClient, request: WireRequest, fetch: boolean): Promise<WireRows> {
  const answer = await begin(client, request);
  const tail = new Tail();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer.body) {
      tail.add(chunk as Buffer);
      if (fetch) chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw appendedError(answer, tail, request) ?? error;
  }
  const appended = appendedError(answer, tail, request);
  if (appended !== undefined) throw appended;
  const summary = readSummary(only(answer.headers['x-clickhouse-summary']));
  if (!fetch) return { columns: [], rows: [], summary };
  const format = only(answer.headers['x-clickhouse-format']) ?? '';
  const whole = Buffer.concat(chunks).toString('utf8');
  // The header names the format of what was to come.
  if (whole === '' && format !== '' && isReading(request.sql)) throw new BrokenAnswer('the answer is empty');
  if (format === RESULT_FORMAT || whole === '') return { ...parseResult(whole), summary };
  return { columns: [{ name: 'output', type: 'String' }], rows: [[whole]], summary };
}

/** Rows of a statement of our own; throws what ClickHouse said. */
export async function ask(client: HttpClient, sql: string, queryId: string, settings: Settings = {}) {
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
