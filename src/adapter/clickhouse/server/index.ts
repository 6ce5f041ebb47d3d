export { printEnv, type StopResult, serverStatus, startServer, stopServer } from './control.ts';
export { type EnsureOptions, ensureServer, type PrivateServer } from './ensure.ts';
export type { LeaseHolder, ServerAddress, ServerStatus } from './types.ts';
