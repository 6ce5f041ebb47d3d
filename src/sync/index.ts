export { applySchema } from './api-schema.ts';
export { type LoadedSyncs, loadSyncs } from './definition/load.ts';
export { planSync, type SyncPlan } from './plan/plan.ts';
export { credentialsUrl, type PostgresCredentials } from './postgres/credentials.ts';
export {
  type EnsureOptions,
  ensurePostgres,
  type PostgresServer,
  type PostgresStatus,
  postgresStatus,
  stopPostgres,
} from './postgres-server/index.ts';
export { runSync, type SyncDeps } from './run/run.ts';
export type * from './types.ts';
