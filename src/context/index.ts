export { fillSecrets, hideSecrets, lookupEnvVar, metadataEnv, SECRET_PREFIX, type EnvLookup } from './env-var.ts';
export type * from './types.ts';
