import { type FoundCall, findCalls } from '../../jinja/index.ts';
import { dbtEnvironment } from '../environment.ts';
import { compilationProblem } from '../problem.ts';
import type { FoundMacro } from '../types.ts';

export interface StaticLookup {
  readonly fromPackage: string;
  idOf(name: string, packageName: string): string | undefined;
  dispatch(name: string, namespace: string | null): FoundMacro;
}

/** dbt's own words, which are no macros even where a macro has their name. */
const WORDS = new Set(
  (
    'source ref config var env_var return fromjson tojson fromyaml toyaml set set_strict zip zip_strict log print run_started_at ' +
    'invocation_id thread_id modules flags diff_of_two_dicts local_md5 dbt_version target project_name context builtins'
  ).split(' '),
);

/** A call that names a macro: by its name, or through `adapter.dispatch` with the namespace given there. */
export type MacroCall = string | { readonly dispatch: string; readonly namespace: string | null };

/** unique_ids of the macros a text calls by name, in the order of the text; what only a value decides is not seen. */
export function staticDependencies(
  macroSql: string,
  lookup: StaticLookup,
  calls: Iterable<MacroCall> = macroCalls(macroSql),
): readonly string[] {
  const ownName = nameOfBlock(macroSql);
  const ids = new Set<string>();
  const add = (called: string): void => {
    if (called === ownName) return;
    const dot = called.indexOf('.');
    const id =
      dot < 0 ? lookup.idOf(called, lookup.fromPackage) : lookup.idOf(called.slice(dot + 1), called.slice(0, dot));
    if (id !== undefined) ids.add(id);
  };
  for (const call of calls) {
    if (typeof call === 'string') add(call);
    else {
      // The plain name, then the macro that dispatch finds today.
      add(call.dispatch);
      add(lookup.dispatch(call.dispatch, call.namespace).uniqueId.split('.').slice(1).join('.'));
    }
  }
  return [...ids];
}

/** The calls of a text that may lead to macros, in its order. */
export function* macroCalls(macroSql: string): Generator<MacroCall> {
  if (!macroSql.includes('(')) return;
  for (const call of findCalls(dbtEnvironment('parse').parse(macroSql))) {
    const [first = '', second, ...deeper] = call.name.split('.');
    if (deeper.length > 0) continue;
    if (first === 'adapter') {
      if (second === 'dispatch') yield* dispatched(call);
    } else if (second !== undefined || !WORDS.has(first)) yield call.name;
  }
}

function* dispatched(call: FoundCall): Generator<MacroCall> {
  const name = call.args[0] ?? call.kwargs.get('macro_name');
  const namespace = call.args[1] ?? call.kwargs.get('macro_namespace');
  if (name === undefined) return;
  if (typeof name !== 'string')
    throw compilationProblem(`The macro_name parameter (${String(name)}) to adapter.dispatch was not a string`);
  yield { dispatch: name, namespace: typeof namespace === 'string' ? namespace : null };
}

/** `x` of `{% macro x(`, `test_x` of `{% test x(`, `materialization_x_default` of `{% materialization x, default`. */
function nameOfBlock(sql: string): string | undefined {
  const block = /^\s*\{%[-+]?\s*(macro|test|data_test|materialization)\s+(\w+)/.exec(sql);
  if (!block) return undefined;
  const [, kind, name] = block;
  if (kind === 'macro') return name;
  if (kind !== 'materialization') return `test_${name}`;
  return `materialization_${name}_${/adapter\s*=\s*['"](\w+)['"]/.exec(sql)?.[1] ?? 'default'}`;
}
