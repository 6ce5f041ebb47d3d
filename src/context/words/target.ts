import type { Target } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';

const SECRET_NAME = /pass(word|phrase)?$|secret|token|private_key|^pwd$|api_key/i;

/**
 * `target`: what of the connection may be shown, and dbt's five names. `connectionKeys` are the adapter's own choice;
 * without one every key is shown whose name does not smell of a secret.
 */
export function targetData(target: Target, connectionKeys?: readonly string[]): DataMap {
  const keys = connectionKeys ?? Object.keys(target.credentials).filter((key) => !SECRET_NAME.test(key));
  const shown = Object.fromEntries(keys.flatMap((key) => credential(target, key)));
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

function credential(target: Target, key: string): [string, DataMap[string]][] {
  const value = target.credentials[key];
  return value === undefined ? [] : [[key, value]];
}
