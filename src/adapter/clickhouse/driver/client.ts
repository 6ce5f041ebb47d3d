import type { ClickHouseClient } from '@clickhouse/client';
import { connectionPool } from './agent.ts';
import type { Connection } from './credentials.ts';
import type { DriverOptions } from './types.ts';

/** Below the server's keep-alive (3 s in old versions and in the private server), or it closes a socket as we use it. */
const IDLE_SOCKET_MS = 2000;

/** Each sign of life of a long statement is a header; a day of them is some 4,000. */
const HEADER_LIMIT_BYTES = 2 * 1024 * 1024;

/** The HTTP client; its library is loaded here. @param size statements at one time */
export async function makeClient(
  c: Connection,
  size: number,
  o: DriverOptions,
  database?: string,
): Promise<ClickHouseClient> {
  const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client');
  // Certificates stand for the password where there is none.
  const byCertificate = c.clientCert !== undefined && c.password === '';
  return createClient({
    url: c.url,
    username: c.user,
    password: c.password,
    ...(database === undefined ? {} : { database }),
    application: o.application ?? 'tsdbt',
    request_timeout: c.responseTimeoutMs,
    max_open_connections: size,
    compression: { response: c.compression, request: false },
    keep_alive: { enabled: c.reuseConnections, idle_socket_ttl: IDLE_SOCKET_MS, eagerly_destroy_stale_sockets: true },
    max_response_headers_size: HEADER_LIMIT_BYTES,
    http_agent: connectionPool(c, size),
    set_basic_auth_header: !byCertificate,
    ...(byCertificate
      ? { http_headers: { 'X-ClickHouse-User': c.user, 'X-ClickHouse-SSL-Certificate-Auth': 'on' } }
      : {}),
    // What fails is told by us, once.
    log: { level: ClickHouseLogLevel.OFF },
  });
}
