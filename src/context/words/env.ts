import type { Value } from '../../jinja/index.ts';
import { lookupEnvVar } from '../../util/env-var.ts';
import { parsingProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';

/** Template global `env_var`. `onUse` hears of each variable that was read and whether the environment had it. */
export function envVarWord(
  env: Readonly<Record<string, string | undefined>>,
  onUse?: ((name: string, fromEnvironment: boolean) => void) | undefined,
): Value {
  return pyFunction('env_var', ['var', 'default?'], (name, otherwise) => {
    const found = lookupEnvVar<Value>(env, String(name), otherwise, 'refuse');
    if (found.kind === 'missing')
      throw parsingProblem(found.message, 'TSD1005', 'Set it, or give env_var() a default.');
    if (found.kind === 'refused') throw parsingProblem(found.message, 'TSD1005');
    onUse?.(String(name), found.fromEnvironment);
    return found.value;
  });
}
