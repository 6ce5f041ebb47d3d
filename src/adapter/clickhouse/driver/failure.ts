import { DatabaseError } from './database-error.ts';
import { BrokenAnswer } from './result-format.ts';
import { parseServerError, statementError } from './server-error.ts';

/** What went wrong with a request, by what can be done about it. */
export type Failure =
  /** ClickHouse answered with an error. */
  | { readonly kind: 'server'; readonly error: DatabaseError }
  /** No connection: the statement was never sent. */
  | { readonly kind: 'connect'; readonly cause: Error }
  /** The connection broke, or was silent for too long, after the statement was sent: its fate is unknown. */
  | { readonly kind: 'lost'; readonly cause: Error };

/** Something between us and the server gave up on the statement; the server may be at it still. */
export class GatewayError extends Error {}

/** What an answer that is no success means: the server's error, or something between us and it that has none to tell. */
export function refusal(status: number, body: string, sql: string, queryId: string): Error {
  const info = parseServerError(body, sql, queryId);
  if (info !== undefined) return statementError(info);
  const said = body.trim().split('\n')[0] ?? '';
  // The URL is of no use to a reader, and may be long.
  const text = `HTTP ${status}: ${said.replace(/\/\?\S+/g, '/').slice(0, 300)}`;
  if (status >= 500 || status === 408 || status === 429) return new GatewayError(text);
  const hint = text.includes('There is no handle')
    ? 'Check user and password of the profile: a private ClickHouse answers to its own user alone (`tsdbt server start --print-env` prints both).'
    : 'Check host, port and `secure` of the profile: what answers there is not the HTTP interface of ClickHouse (8123, or 8443 with TLS), or something in front of it refuses.';
  const shown = { number: 0, name: '', text, queryId, position: undefined };
  return new DatabaseError('TSD3002', shown, `ClickHouse exception:  ${text}`, hint);
}

interface SystemError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);
const isTlsTrouble = (e: SystemError): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/.test(String(e.code ?? ''));

/** @param error what the client threw, or we did on reading the answer */
export function classify(error: unknown, queryId: string): Failure {
  const e = (error instanceof Error ? error : new Error(String(error))) as SystemError;
  if (error instanceof DatabaseError) return { kind: 'server', error };
  const first = e instanceof AggregateError ? (e.errors[0] as SystemError) : e;
  if (first.syscall === 'connect' || UNREACHABLE.has(String(first.code)) || isTlsTrouble(first)) {
    return { kind: 'connect', cause: first };
  }
  if (isBroken(first)) return { kind: 'lost', cause: first };
  const shown = { number: 0, name: '', text: e.message, queryId, position: undefined };
  return {
    kind: 'server',
    error: new DatabaseError('TSD3001', shown, `ClickHouse exception:  ${e.message}`, undefined, e),
  };
}

function isBroken(e: SystemError): boolean {
  return (
    e instanceof GatewayError ||
    e instanceof BrokenAnswer ||
    /^(ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/.test(String(e.code)) ||
    /^(Timeout error\.|aborted|socket hang up)/.test(e.message)
  );
}

/** @param privateServer its port is not a matter of the profile: it has ended */
export function connectError(url: string, cause: Error, queryId: string, privateServer = false): DatabaseError {
  const { host } = new URL(url);
  const info = { number: 0, name: '', text: cause.message, queryId, position: undefined };
  const hint = privateServer
    ? 'The private ClickHouse has ended (killed, or out of memory): run again; server.log in its directory tells more.'
    : isTlsTrouble(cause)
      ? 'Check `secure`, `verify` and the certificates of the profile.'
      : 'Check host and port of the profile, and that the server runs and is reachable from here (`tsdbt debug`).';
  return new DatabaseError('TSD3002', info, `cannot connect to ClickHouse at ${host}: ${cause.message}`, hint, cause);
}

/** A statement that ended because it was to. */
export function cancelledError(queryId: string, cause?: unknown): DatabaseError {
  const text = 'Query was cancelled';
  const info = { number: 394, name: 'QUERY_WAS_CANCELLED', text, queryId, position: undefined };
  return new DatabaseError(
    'TSD3001',
    info,
    `Code: 394. DB::Exception: ${text} (QUERY_WAS_CANCELLED)`,
    undefined,
    cause,
  );
}

/** A statement whose connection broke and whose fate could not be found out. */
export function lostError(url: string, cause: Error, queryId: string): DatabaseError {
  const text = `connection to ClickHouse at ${new URL(url).host} lost while a statement ran: ${cause.message}`;
  const hint = `Whether it took effect is unknown: look for query_id ${queryId} in system.query_log.`;
  return new DatabaseError('TSD3002', { number: 0, name: '', text, queryId, position: undefined }, text, hint, cause);
}
