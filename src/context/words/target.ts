import type { Target } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';

const SECRET_NAME = /pass(word|phrase)?$|secret|token|private_key|^pwd$|api_key/i;

/**
 * `target`: what of the connection may be shown, and dbt's five names. `defaults` are the adapter's own choice of keys;
 * without one every key is shown whose name does not smell of a secret.
 */
export function targetData(target: Target, defaults?: DataMap): DataMap {
  const keys = Object.keys(defaults ?? target.credentials).filter((key) => defaults || !SECRET_NAME.test(key));
  const shown = Object.fromEntries(keys.map((key) => [key, target.credentials[key] ?? defaults?.[key] ?? null]));
  return {
    ...shown,
    schema: target.schema,
    type: target.type,
    threads: target.threads,
    name: target.name,
    target_name: target.name,
    profile_name: target.profileName,
  };
}
