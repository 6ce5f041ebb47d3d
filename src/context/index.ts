export { type EnvLookup, fillSecrets, hideSecrets, lookupEnvVar, metadataEnv, SECRET_PREFIX } from './env-var.ts';
export type * from './types.ts';
