import type { Event } from '../../model/index.ts';
import type { Data } from '../../util/data.ts';
import { COMMAND_FLAGS } from './command-flags.ts';
import { convertFlag } from './convert.ts';
import { ALWAYS_SET, type FlagSpec, GLOBAL_FLAGS } from './table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Old names that dbt still reads, each with the flag it sets; `DBT_NO_PRINT` says the opposite of its flag. */
const RENAMED: Readonly<Record<string, { readonly old: string; readonly negated?: boolean }>> = {
  defer: { old: 'DEFER_TO_STATE' },
  favor_state: { old: 'FAVOR_STATE_MODE' },
  state: { old: 'ARTIFACT_STATE_PATH' },
  print: { old: 'NO_PRINT', negated: true },
};
/** Variables of dbt's namespace that are no flags. */
const OTHERS = [
  ...['INVOCATION_ENV', 'RECORDED_FILE_PATH', 'TEST_STATE_MODIFIED', 'PACKAGE_HUB_URL', 'DOWNLOAD_DIR'],
  ...['PP_FILE_DIFF_TEST', 'PP_TEST', 'NO_PRINT', 'DEFER_TO_STATE', 'FAVOR_STATE_MODE', 'ARTIFACT_STATE_PATH'],
];

export interface FromEnvironment {
  readonly value: Data;
  readonly warnings: readonly Event[];
}

/** What the environment says of a flag; undefined where it says nothing. An empty variable says nothing. */
export function flagFromEnvironment(spec: FlagSpec, env: Environment): FromEnvironment | undefined {
  if (spec.env === 'none') return undefined;
  const upper = spec.name.toUpperCase();
  const renamed = RENAMED[spec.name];
  if (renamed !== undefined) {
    const name = firstSet(env, [`DBT_ENGINE_${renamed.old}`, `DBT_${renamed.old}`]);
    if (name !== undefined) {
      const value = convertFlag(spec, env[name] as string, name);
      const data = { old_name: `DBT_${renamed.old}`, new_name: `DBT_ENGINE_${upper}` };
      return { value: renamed.negated ? !value : value, warnings: [{ name: 'EnvironmentVariableRenamed', data }] };
    }
  }
  const names = spec.env === 'engine' ? [`DBT_ENGINE_${upper}`] : [`DBT_ENGINE_${upper}`, `DBT_${upper}`];
  const name = firstSet(env, names);
  return name === undefined ? undefined : { value: convertFlag(spec, env[name] as string, name), warnings: [] };
}

/** A warning for each variable that begins with DBT_ENGINE and means nothing. */
export function unknownEngineVariables(env: Environment): readonly Event[] {
  const specs = [...GLOBAL_FLAGS, ...ALWAYS_SET, ...COMMAND_FLAGS];
  const known = new Set(specs.filter((spec) => spec.env !== 'none').map((spec) => spec.name.toUpperCase()));
  // dbt reads it, and warns of it all the same.
  known.delete('MAXIMUM_SEED_SIZE_MIB');
  for (const name of OTHERS) known.add(name);
  return Object.keys(env)
    .filter((name) => name.startsWith('DBT_ENGINE') && !known.has(name.slice('DBT_ENGINE_'.length)))
    .map((name) => ({
      name: 'EnvironmentVariableNamespaceDeprecation',
      data: { env_var: name, reserved_prefix: 'DBT_ENGINE' },
    }));
}

function firstSet(env: Environment, names: readonly string[]): string | undefined {
  return names.find((name) => env[name]);
}
