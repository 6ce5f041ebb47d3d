import { dbtEnvironment } from '../context/index.ts';
import { Dict, fromData, type Scope, type Step, type Value } from '../jinja/index.ts';
import type { Data } from '../util/data.ts';
import { isDataMap } from '../util/data.ts';

/** Under this name a generic test's template finds its arguments. */
export const TEST_ARGUMENTS = '_dbt_generic_test_kwargs';

const CALL = /^\s*(?:env_var|ref|var|source|doc)\s*\([\s\S]+\)\s*$/;

/** Renders the arguments of a generic test natively; `column_name` stays text whatever it looks like. */
export function* testArguments(kwargs: Data, scope: Scope): Step<Value> {
  return yield* renderData(kwargs, scope, []);
}

function* renderData(data: Data, scope: Scope, path: readonly (string | number)[]): Step<Value> {
  if (typeof data === 'string') {
    if (path.length === 1 && path[0] === 'column_name') return data;
    const text = CALL.test(data) ? `{{ ${data} }}` : data;
    if (!/\{[{%#]/.test(text)) return text;
    return yield* dbtEnvironment('native').compile(text).renderNative(scope);
  }
  if (Array.isArray(data)) {
    const list: Value[] = [];
    for (const [index, item] of (data as readonly Data[]).entries()) {
      list.push(yield* renderData(item, scope, [...path, index]));
    }
    return list;
  }
  if (isDataMap(data)) {
    const dict = new Dict();
    for (const [key, value] of Object.entries(data)) dict.set(key, yield* renderData(value, scope, [...path, key]));
    return dict;
  }
  return fromData(data);
}
