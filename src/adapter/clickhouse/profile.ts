import type { Target } from '../../model/index.ts';

/** Stands for the profile's password in templates, files and logs; a statement gets the real one when it is sent. */
export const PASSWORD_MARK = '$$$TSDBT_PASSWORD$$$';

/** What the template-facing side must know of a profile output. */
export interface Profile {
  /** Null without a cluster. */
  readonly cluster: string | null;
  readonly databaseEngine: string;
  readonly useLightweightDeletes: boolean;
  readonly allowDeduplication: boolean;
  readonly localSuffix: string;
  readonly localDbPrefix: string;
  /** For sources that connect back to this server; the password is its mark. */
  readonly credentials: Readonly<Record<string, string | number | null>>;
  /** SQL with the password in the place of its mark. */
  readonly withPassword: (sql: string) => string;
}

export function readProfile(target: Pick<Target, 'credentials' | 'schema'>): Profile {
  const { credentials } = target;
  const text = (key: string, fallback = ''): string => {
    const value = credentials[key];
    return value === undefined || value === null ? fallback : String(value);
  };
  const suffix = text('local_suffix', 'local');
  const prefix = text('local_db_prefix');
  return {
    cluster: text('cluster').trim() || null,
    databaseEngine: text('database_engine'),
    useLightweightDeletes: credentials['use_lw_deletes'] === true,
    allowDeduplication: credentials['allow_automatic_deduplication'] === true,
    localSuffix: suffix === '' || suffix.startsWith('_') ? suffix : `_${suffix}`,
    localDbPrefix: prefix === '' || prefix.endsWith('_') ? prefix : `${prefix}_`,
    credentials: {
      user: text('user', 'default'),
      password: text('password') === '' ? '' : PASSWORD_MARK,
      database: '',
      host: text('host', 'localhost'),
      port: Number(credentials['port'] ?? 0) || null,
    },
    withPassword: (sql) =>
      sql.includes(PASSWORD_MARK) ? sql.replaceAll(PASSWORD_MARK, () => sqlText(text('password'))) : sql,
  };
}

/** Whether models are made ON CLUSTER: a Replicated database spreads them by itself. */
export function makesOnCluster(profile: Profile): boolean {
  return profile.cluster !== null && !profile.databaseEngine.toLowerCase().includes('replicated');
}

/** A text as it stands between the quotes of a literal. */
function sqlText(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}
