import type { Connection } from './credentials.ts';
import { READ_SETTINGS } from './result-format.ts';
import type { Settings } from './types.ts';

/** A setting as the server has it for this user. */
export interface KnownSetting {
  readonly value: string;
  readonly readonly: boolean;
}

/** How often a long statement gives a sign of life, so that nothing between us and the server takes it for dead. */
const PROGRESS_EVERY_MS = 20_000;

/** What every statement is sent with, if the server knows it: changes are visible when a statement returns. */
function wanted(c: Connection): Settings {
  const engine = c.databaseEngine ?? '';
  const replicated = c.clusterMode || engine.includes('Replicated');
  return {
    mutations_sync: 3,
    alter_sync: 3,
    lightweight_deletes_sync: 3,
    insert_distributed_sync: 1,
    allow_nondeterministic_mutations: 1,
    ...(replicated ? { database_replicated_enforce_synchronous_settings: 1, insert_quorum: 'auto' } : {}),
    ...(engine.includes('Shared') ? { select_sequential_consistency: 1 } : {}),
    send_progress_in_http_headers: 1,
    http_headers_progress_interval_ms: Math.min(PROGRESS_EVERY_MS, Math.ceil(c.responseTimeoutMs / 3)),
  };
}

/** The settings whose presence and mutability the server is asked for. */
export const settingNames = (c: Connection): readonly string[] => [
  'readonly',
  ...Object.keys({ ...wanted(c), ...READ_SETTINGS }),
];

export interface SessionSettings {
  /** For every statement: ours where the server has them and lets this user change them, custom_settings over all. */
  readonly all: Settings;
  /** For those whose rows are read, beside the former. */
  readonly reading: Settings;
}

export function sessionSettings(c: Connection, known: ReadonlyMap<string, KnownSetting>): SessionSettings {
  // Such a user may not send a setting at all.
  if (known.get('readonly')?.value === '1') return { all: c.customSettings, reading: {} };
  const allowed = (settings: Settings): Settings =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => known.get(name)?.readonly === false));
  return { all: { ...allowed(wanted(c)), ...c.customSettings }, reading: allowed(READ_SETTINGS) };
}
