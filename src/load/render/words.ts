import { TsdbtError } from '../../error/index.ts';
import type { Target } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import { lookupEnvVar, SECRET_PREFIX } from '../../util/env-var.ts';
import type { Environment } from '../flags/environment.ts';

/** What templates in configuration files may ask for. */
export interface RenderScope {
  readonly env: Environment;
  /** What var() knows: --vars, and vars.yml. */
  readonly vars: DataMap;
  /** In profiles.yml and packages.yml secrets become placeholders that are filled after rendering. */
  readonly secrets: 'refuse' | 'placeholder';
  readonly target?: Target;
  /** `deps` renders with variables missing. */
  readonly lenientVars?: boolean;
  /** Hears of each variable of the environment that was read: `value` is null where the default was taken. Never a secret's. */
  readonly onEnvVar?: (name: string, value: string | null) => void;
}

/** The word env_var. Throws TSD1005 where the variable is missing and there is no default. */
export function envVar<T>(scope: RenderScope, name: string, fallback: T | null | undefined): string | T {
  const found = lookupEnvVar<T>(scope.env, name, fallback, scope.secrets);
  if (found.kind !== 'value') {
    const hint = found.kind === 'missing' ? 'Set it, or give env_var() a default.' : undefined;
    throw new TsdbtError({ code: 'TSD1005', message: found.message, hint });
  }
  if (!name.startsWith(SECRET_PREFIX)) {
    scope.onEnvVar?.(name, found.fromEnvironment ? String(found.value) : null);
  }
  return found.value;
}

/** The word var, where only the command line and vars.yml count. Throws TSD1003 where it is missing without default. */
export function configVar<T>(scope: RenderScope, name: string, fallback: T | undefined): Data | T {
  if (Object.hasOwn(scope.vars, name)) return scope.vars[name] as Data;
  if (fallback !== undefined) return fallback;
  if (scope.lenientVars) return null;
  throw new TsdbtError({
    code: 'TSD1003',
    message: `Required var '${name}' not found in config:\nVars supplied to <Configuration> = ${JSON.stringify(Object.keys(scope.vars))}`,
    hint: 'In configuration files only --vars and vars.yml count; give var() a default.',
  });
}
