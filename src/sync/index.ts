export {
  type EnsureOptions,
  ensurePostgres,
  type PostgresServer,
  type PostgresStatus,
  postgresStatus,
  stopPostgres,
} from './postgres-server/index.ts';
