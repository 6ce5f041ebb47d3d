import { TsdbtError } from '../../../error/index.ts';
import type { Credentials, Settings, SettingValue } from './types.ts';

/** Credentials with defaults filled in and types made sure. Times in milliseconds. */
export interface Connection {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly schema: string;
  readonly cluster: string | undefined;
  readonly clusterMode: boolean;
  readonly databaseEngine: string | undefined;
  readonly verify: boolean;
  readonly clientCert: string | undefined;
  readonly clientCertKey: string | undefined;
  readonly serverHostName: string | undefined;
  readonly retries: number;
  readonly connectTimeoutMs: number;
  readonly responseTimeoutMs: number;
  readonly compression: boolean;
  readonly customSettings: Settings;
  readonly reuseConnections: boolean;
  /** How long a quiet connection waits before it probes its other end; undefined where the system decides. */
  readonly tcpKeepAliveMs: number | undefined;
  /** What is worth telling about how these credentials were understood. */
  readonly notices: readonly string[];
}

const NATIVE_PORTS = new Map([
  [9000, 8123],
  [9440, 8443],
]);

function invalid(message: string, hint?: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1003', message: `profile of type clickhouse: ${message}`, hint });
}

function text(value: unknown, fallback: string): string {
  return value === undefined || value === null ? fallback : String(value);
}

function optional(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

function truth(key: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined || value === null || value === '') return fallback;
  if (typeof value === 'boolean') return value;
  // As env_var gives them.
  if (/^(true|yes|on|1)$/i.test(String(value))) return true;
  if (/^(false|no|off|0)$/i.test(String(value))) return false;
  throw invalid(`${key} must be true or false, not ${JSON.stringify(value)}`);
}

function number(key: string, value: unknown, fallback: number): number {
  if (value === undefined || value === null || value === '') return fallback;
  const result = Number(value);
  if (!Number.isFinite(result) || result < 0) throw invalid(`${key} must be a number, not ${JSON.stringify(value)}`);
  return result;
}

function settings(value: unknown): Settings {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid('custom_settings must be a mapping');
  return value as Readonly<Record<string, SettingValue>>;
}

/** True, or [seconds of idleness, interval, probes]; what follows the first is the system's to decide. */
function keepAlive(value: unknown): number | undefined {
  if (Array.isArray(value)) return number('tcp_keepalive', value[0], 60) * 1000;
  return truth('tcp_keepalive', value, false) ? 60_000 : undefined;
}

/** The port to speak HTTP at. dbt's native driver is accepted: the same server listens to HTTP beside it. */
function httpPort(c: Credentials, secure: boolean, notices: string[]): number {
  const standard = secure ? 8443 : 8123;
  const asked = number('port', c.port, 0);
  const driver = optional(c.driver);
  if (driver !== undefined && driver !== 'http' && driver !== 'native') {
    throw invalid(`Unrecognized ClickHouse driver ${driver}`, 'Use `http`, or leave it out.');
  }
  const native = NATIVE_PORTS.get(asked);
  if (native !== undefined && driver !== 'http') {
    notices.push(`tsdbt speaks HTTP to ClickHouse: port ${native} is used instead of the native port ${asked}.`);
    return native;
  }
  if (driver === 'native' && asked === 0) {
    notices.push(`tsdbt speaks HTTP to ClickHouse: port ${standard} is used instead of the native driver.`);
  }
  return asked || standard;
}

/** Throws TSD1003 for what cannot be meant. */
export function readCredentials(c: Credentials): Connection {
  const notices: string[] = [];
  const secure = truth('secure', c.secure, false);
  const schema = text(c.schema, 'default');
  const database = optional(c.database);
  if (database !== undefined && database !== schema) {
    throw invalid('On Clickhouse, database must be omitted or have the same value as schema.');
  }
  const host = text(c.host, 'localhost');
  const address = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${secure ? 'https' : 'http'}://${address}:${httpPort(c, secure, notices)}`,
    user: text(c.user, 'default'),
    password: text(c.password, ''),
    schema,
    cluster: optional(c.cluster),
    clusterMode: truth('cluster_mode', c.cluster_mode, false),
    databaseEngine: optional(c.database_engine),
    verify: truth('verify', c.verify, true),
    clientCert: optional(c.client_cert),
    clientCertKey: optional(c.client_cert_key),
    serverHostName: optional(c.server_host_name),
    retries: number('retries', c.retries, 1),
    connectTimeoutMs: number('connect_timeout', c.connect_timeout, 10) * 1000,
    responseTimeoutMs: number('send_receive_timeout', c.send_receive_timeout, 300) * 1000,
    // dbt-clickhouse takes the name of a method or a boolean; HTTP has gzip.
    compression: Boolean(c.compression) && c.compression !== 'false',
    customSettings: settings(c.custom_settings),
    reuseConnections: truth('reuse_connections', c.reuse_connections, true),
    tcpKeepAliveMs: keepAlive(c['tcp_keepalive']),
    notices,
  };
}
