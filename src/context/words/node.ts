import { callValue, fromData, hostFunction, type Value } from '../../jinja/index.ts';
import type { Hook } from '../../model/index.ts';
import { metadataEnv } from '../../util/env-var.ts';
import { exceptionsObject } from '../calls/exceptions.ts';
import { validationObject } from '../calls/validation.ts';
import { hasJinja, templateOf } from '../environment.ts';
import { LazyObject } from '../lazy-object.ts';
import { lazyDict, modelDict } from '../node-data.ts';
import { compilationProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';
import { ResultStore } from '../runtime/results.ts';
import type { DbtScope, Words } from '../scope.ts';
import type { ContextEnvironment } from '../types.ts';
import { invocationArgs } from './invocation-args.ts';

export interface NodeWordsInput {
  readonly environment: ContextEnvironment;
  readonly node: Readonly<Record<string, unknown>> | undefined;
  readonly scope: DbtScope;
  readonly execute: boolean;
  /** `this`. */
  readonly relation: () => Value;
  readonly results?: ResultStore;
  /** unique_ids of what the command has chosen. */
  readonly selected?: ReadonlySet<string> | undefined;
}

/** The words that macros and nodes have beyond the base ones, the same while parsing and while executing. */
export function nodeWords(input: NodeWordsInput): Words {
  const { environment, scope, execute, relation } = input;
  const { dialect, target } = environment;
  const node = input.node ?? {};
  const results = input.results ?? new ResultStore();
  return {
    execute: () => execute,
    builtins: () =>
      new LazyObject(
        'dict',
        (name) => scope.word(name),
        () => scope.wordNames(),
      ),
    model: () => modelDict(node),
    this: relation,
    database: () => textOr(node['database'], ''),
    schema: () => textOr(node['schema'], target.schema),
    env: () => scope.word('target'),
    api: () => dialect.api,
    column: () => dialect.api?.pyAttr?.('Column') ?? dialect.api?.get?.('Column') ?? null,
    sql: () => compiledCode(node),
    compiled_code: () => compiledCode(node),
    pre_hooks: () => hooks(node, 'pre-hook'),
    post_hooks: () => hooks(node, 'post-hook'),
    exceptions: () => exceptionsObject(environment, input.node),
    validation: () => validationObject(),
    load_result: () => results.loadWord(),
    store_result: () => results.storeWord(),
    store_raw_result: () => results.storeRawWord(),
    render: () =>
      pyFunction('render', ['string'], (text) => (hasJinja(text) ? templateOf('runtime', text).render(scope) : text)),
    write: () => pyFunction('write', ['payload'], () => ''),
    try_or_compiler_error: () => tryOrCompilerError,
    load_agate_table: () => pyFunction('load_agate_table', [], () => noSeed(node)),
    selected_resources: () => [...(input.selected ?? [])],
    dbt_metadata_envs: () => fromData(metadataEnv(environment.env)),
    invocation_args_dict: () => invocationArgs(environment),
    submit_python_job: () => pyFunction('submit_python_job', ['parsed_model', 'compiled_code'], noPython),
    adapter_macro: () => hostFunction('adapter_macro', ([name]) => removedAdapterMacro(name)),
  };
}

/** `try_or_compiler_error(message, func, *args, **kwargs)` */
const tryOrCompilerError: Value = hostFunction('try_or_compiler_error', function* ([message, func, ...args], kwargs) {
  try {
    return yield* callValue(func, args, kwargs);
  } catch {
    throw compilationProblem(String(message), 'TSD2003');
  }
});

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function compiledCode(node: Readonly<Record<string, unknown>>): Value {
  return node['extra_ctes_injected'] === true || node['compiled'] === true ? (node['compiled_code'] ?? null) : null;
}

function hooks(node: Readonly<Record<string, unknown>>, key: 'pre-hook' | 'post-hook'): Value[] {
  if (node['resource_type'] === 'test' || node['resource_type'] === 'source') return [];
  const config = node['config'] as Readonly<Record<string, unknown>> | undefined;
  const given = (config?.[key] ?? []) as readonly Hook[];
  return given.map((hook) => lazyDict(hook, (_, value) => value !== null));
}

function noSeed(node: Readonly<Record<string, unknown>>): never {
  throw compilationProblem(`can only load_agate_table for seeds (got a ${String(node['resource_type'] ?? 'macro')})`);
}

function noPython(): never {
  throw compilationProblem('Python models are not supported: tsdbt runs no Python.', 'TSD2003');
}

function removedAdapterMacro(name: Value): never {
  throw compilationProblem(
    'The "adapter_macro" macro has been deprecated. Instead, use the `adapter.dispatch` method to find a macro and call the ' +
      `result. adapter_macro was called for: ${String(name)}`,
  );
}
