import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { cancellable } from './cancel.ts';
import type { Connection } from './credentials.ts';
import type { DatabaseError } from './database-error.ts';
import { cancelledError, classify, connectError, lostError } from './failure.ts';
import { literal, quoteName } from './literal.ts';
import { recover } from './recovery.ts';
import { Sending } from './sending.ts';
import type { SessionSettings } from './session-settings.ts';
import { Sessions } from './sessions.ts';
import { isOfDatabase } from './statement.ts';
import { isReading } from './transient.ts';
import type { Driver, ExportResult, InsertResult, QueryOptions, QueryResult } from './types.ts';
import { type Asked, findFate } from './verdict.ts';
import { ask, send, sendAndRead, type WireRequest, type WireRows } from './wire.ts';

interface Parts {
  readonly connection: Connection;
  readonly client: ClickHouseClient;
  /** For kills and questions, so that they never wait for a statement. */
  readonly control: ClickHouseClient;
  readonly version: string;
  readonly settings: SessionSettings;
  readonly singleServer: boolean;
  readonly notice: (text: string) => void;
}

const NOTHING: WireRows = { columns: [], rows: [], summary: undefined };

export class ClickHouseDriver implements Driver {
  readonly serverVersion: string;
  readonly url: string;
  private readonly parts: Parts;
  private readonly sessions = new Sessions();
  private readonly underWay = new Set<Sending>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.serverVersion = parts.version;
    this.url = parts.connection.url;
  }

  async query(sql: string, o: QueryOptions = {}): Promise<QueryResult> {
    const fetch = o.fetch ?? isReading(sql);
    return await this.tracked(sql, o, async (sending) => {
      // The database that other statements run in may not be there.
      const client = isOfDatabase(sql) ? this.parts.control : this.parts.client;
      const reading = fetch ? this.parts.settings.reading : {};
      const work = (request: WireRequest) =>
        sendAndRead(client, { ...request, settings: { ...reading, ...request.settings } }, fetch);
      const result = await this.throughTrouble(sending, o, work, true);
      return { ...result, queryId: sending.request.queryId };
    });
  }

  async insertStream(sql: string, data: Readable, o: QueryOptions = {}): Promise<InsertResult> {
    let broken: Error | undefined;
    data.once('error', (error) => {
      broken = error;
    });
    return await this.tracked(sql, o, async (sending) => {
      try {
        const work = (request: WireRequest) => sendAndRead(this.parts.client, { ...request, data }, false);
        const { summary } = await this.throughTrouble(sending, o, work, false);
        return { queryId: sending.request.queryId, summary };
      } catch (error) {
        throw broken ?? error;
      }
    });
  }

  async exportStream(sql: string, o: QueryOptions = {}): Promise<ExportResult> {
    return await new Promise((resolve, reject) => {
      // The statement is under way, and has its session to itself, until the stream is closed.
      this.tracked(sql, o, async ({ request }) => {
        const explain = (error: unknown) => this.explained(error, request, o);
        const stream = await this.connecting(request, () => send(this.parts.client, { ...request, explain }));
        resolve({ stream, queryId: request.queryId });
        await new Promise<void>((closed) => stream.once('close', closed));
        // A reader that has enough: the server need not go on.
        if (!stream.readableEnded) await this.kill([request.queryId]);
      }).catch((error: unknown) => reject(this.toError(error, o.queryId ?? '')));
    });
  }

  running(): readonly string[] {
    return [...this.underWay].map(({ request }) => request.queryId);
  }

  async kill(queryIds: readonly string[]): Promise<void> {
    if (queryIds.length === 0) return;
    const { cluster } = this.parts.connection;
    const where = cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`;
    const sql = `KILL QUERY${where} WHERE query_id IN (${queryIds.map(literal).join(', ')}) ASYNC`;
    await ask(this.parts.control, sql, randomUUID()).catch(() => {});
  }

  cancelAll(): Promise<void> {
    return this.kill([...this.underWay].flatMap(({ ids }) => ids));
  }

  async endSession(sessionId: string): Promise<void> {
    const settings = { close_session: 1 };
    await this.sessions.run(sessionId, () =>
      sendAndRead(this.parts.client, { sql: 'SELECT 1', queryId: randomUUID(), settings, sessionId }, false).catch(
        () => {},
      ),
    );
    this.sessions.forget(sessionId);
  }

  async close(): Promise<void> {
    await Promise.all([this.parts.client.close(), this.parts.control.close()]);
  }

  /** Gives a statement its id, its settings and its turn, and the means to be cancelled. */
  private async tracked<T>(sql: string, o: QueryOptions, work: (sending: Sending) => Promise<T>): Promise<T> {
    const queryId = o.queryId ?? randomUUID();
    return await this.sessions.run(o.sessionId, async () => {
      if (o.abort?.aborted) throw cancelledError(queryId);
      const settings = { ...this.parts.settings.all, ...o.settings };
      const sending = new Sending({ sql, queryId, settings, sessionId: o.sessionId });
      this.underWay.add(sending);
      try {
        return await cancellable(
          o.abort,
          () => this.kill(sending.ids),
          (breakOff) => {
            sending.request = { ...sending.request, breakOff };
            return work(sending);
          },
        );
      } catch (error) {
        throw this.toError(error, sending.request.queryId);
      } finally {
        this.underWay.delete(sending);
      }
    });
  }

  /** Tries again while no connection can be made: the statement has not been sent then. */
  private async connecting<T>(request: WireRequest, work: () => Promise<T>): Promise<T> {
    const { retries } = this.parts.connection;
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        const failure = classify(error, request.queryId);
        if (failure.kind !== 'connect') throw error;
        if (tries >= retries) throw this.unreachable(failure.cause, request.queryId);
        await sleep(250 * 2 ** tries);
      }
    }
  }

  /** A statement whose connection is lost is looked for on the server; it is sent again only where that does no harm. */
  private async throughTrouble(
    sending: Sending,
    o: QueryOptions,
    work: (request: WireRequest) => Promise<WireRows>,
    canRepeat: boolean,
  ): Promise<WireRows> {
    const { connection, notice } = this.parts;
    for (let times = 0; ; times++) {
      try {
        return await this.connecting(sending.request, () => work(sending.request));
      } catch (error) {
        const { request } = sending;
        const asked = this.asked();
        const about = { request, url: connection.url, asked, canRepeat, times, abort: o.abort, notice };
        if ((await recover(error, about)) === 'done') return NOTHING;
        sending.renew();
      }
    }
  }

  /** Why an answer broke off: what the server appended may be lost with the connection, its log has it still. */
  private async explained(error: unknown, { sql, queryId }: WireRequest, o: QueryOptions): Promise<Error> {
    if (classify(error, queryId).kind !== 'lost' || o.abort?.aborted) return this.toError(error, queryId);
    const verdict = await findFate(this.asked(), sql, queryId, o.abort);
    return verdict.fate === 'failed' ? verdict.error : this.toError(error, queryId);
  }

  private asked(): Asked {
    const { control, connection, singleServer } = this.parts;
    const logsAll = !Object.keys(connection.customSettings).some((name) => name.startsWith('log_queries'));
    return { client: control, cluster: connection.cluster, singleServer, logsAll };
  }

  private unreachable(cause: Error, queryId: string): DatabaseError {
    return connectError(this.parts.connection.url, cause, queryId, this.parts.singleServer);
  }

  private toError(error: unknown, queryId: string): DatabaseError {
    const failure = classify(error, queryId);
    if (failure.kind === 'server') return failure.error;
    if (failure.kind === 'connect') return this.unreachable(failure.cause, queryId);
    return lostError(this.parts.connection.url, failure.cause, queryId);
  }
}
