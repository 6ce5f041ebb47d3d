import { TsdbtError } from '../../error/index.ts';

/** The keys that a profile output of `type: postgres` may have, as dbt-postgres names them; values as YAML or env_var gave them. */
export interface PostgresCredentials {
  readonly url?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
  readonly user?: unknown;
  readonly password?: unknown;
  readonly pass?: unknown;
  readonly dbname?: unknown;
  readonly database?: unknown;
  readonly sslmode?: unknown;
  readonly sslrootcert?: unknown;
  readonly sslcert?: unknown;
  readonly sslkey?: unknown;
  readonly [other: string]: unknown;
}

/** The URL that an output means; undefined where it names no server, so that a private one is wanted. Throws TSD1003. */
export function credentialsUrl(credentials: PostgresCredentials): string | undefined {
  const given = text(credentials.url);
  if (given !== undefined) return checked(given);
  const host = text(credentials.host);
  if (host === undefined) return undefined;
  const part = (value: unknown) => encodeURIComponent(text(value) ?? '');
  const user = part(credentials.user);
  const password = text(credentials.password ?? credentials.pass);
  const login = user === '' ? '' : `${user}${password === undefined ? '' : `:${encodeURIComponent(password)}`}@`;
  const address = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const options = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey']
    .filter((key) => text(credentials[key]) !== undefined)
    .map((key) => `${key}=${part(credentials[key])}`);
  const query = options.length > 0 ? `?${options.join('&')}` : '';
  const database = part(credentials.dbname ?? credentials.database);
  return checked(`postgres://${login}${address}:${text(credentials.port) ?? '5432'}/${database}${query}`);
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** The message never shows what was given: a URL holds a password. */
function checked(url: string): string {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  throw new TsdbtError({
    code: 'TSD1003',
    message: 'the postgres connection is not a URL such as postgres://user:password@host:5432/database',
    hint: 'check url, or host, port, user and dbname, in profiles.yml',
  });
}
