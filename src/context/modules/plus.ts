import { runSync, scopeOf, type Value } from '../../jinja/index.ts';
import { dbtEnvironment } from '../environment.ts';

/** Python's `a + b`, by the engine's own rules. */
export function plus(a: Value, b: Value): Value {
  return runSync(dbtEnvironment('native').compile('{{ a + b }}').renderNative(scopeOf({ a, b })));
}
