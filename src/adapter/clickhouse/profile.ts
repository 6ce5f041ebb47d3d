import type { Target } from '../../model/index.ts';

/** What the template-facing side must know of a profile output. */
export interface Profile {
  /** Null without a cluster. */
  readonly cluster: string | null;
  readonly databaseEngine: string;
  readonly useLightweightDeletes: boolean;
  readonly allowDeduplication: boolean;
  /** False: taken as said that EXCHANGE works. */
  readonly localSuffix: string;
  readonly localDbPrefix: string;
  readonly credentials: Readonly<Record<string, string | number | null>>;
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
      password: text('password'),
      database: '',
      host: text('host', 'localhost'),
      port: Number(credentials['port'] ?? 0) || null,
    },
  };
}

/** Whether models are made ON CLUSTER: a Replicated database spreads them by itself. */
export function makesOnCluster(profile: Profile): boolean {
  return profile.cluster !== null && !profile.databaseEngine.toLowerCase().includes('replicated');
}
