export { applySchema } from './api-schema.ts';
export { syncJsonSchema } from './definition/json-schema.ts';
export { type LoadedSyncs, loadSyncs } from './definition/load.ts';
export { type ReadName, readersTable, readsOf } from './definition/reads.ts';
export { type S3Credentials, stageAccess } from './definition/stage-access.ts';
export { selectColumns } from './plan/selection.ts';
export { credentialsUrl, type PostgresCredentials } from './postgres/credentials.ts';
export {
  type EnsureOptions,
  ensurePostgres,
  type PostgresServer,
  type PostgresStatus,
  postgresStatus,
  stopPostgres,
} from './postgres-server/index.ts';
export { type PreviewDeps, previewSync, type SyncPreview } from './run/preview.ts';
export { rollbackSync } from './run/rollback.ts';
export { runSync } from './run/run.ts';
export type { SyncDeps } from './run/session.ts';
export { type CleanOptions, cleanSync, type SyncStatus, syncStatus } from './run/status.ts';
export { waitForSource } from './run/wait.ts';
export type * from './types.ts';
