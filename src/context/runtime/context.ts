import type { Value } from '../../jinja/index.ts';
import { namedWord, refWord, sourceWord } from '../calls/ref.ts';
import { AdapterObject } from '../macros/adapter-object.ts';
import { MacroStack } from '../macros/call-stack.ts';
import { DbtScope, type Words } from '../scope.ts';
import type { RuntimeContext, RuntimeInput } from '../types.ts';
import { baseWords } from '../words/base.ts';
import { envVarWord } from '../words/env.ts';
import { logWord } from '../words/log.ts';
import { nodeWords } from '../words/node.ts';
import { ProjectConfig } from '../words/runtime-config.ts';
import { VarFunction } from '../words/vars.ts';
import { RuntimeConfig } from './config.ts';
import { functionRelation, metricReference } from './found.ts';
import { graphOf } from './graph.ts';
import { withOverrides } from './overrides.ts';
import { relationOf } from './relation-of.ts';
import { ResultStore } from './results.ts';

/** Everything one node's templates can name while it is compiled or run. Makes nothing before it is named. */
export function createRuntimeContext(input: RuntimeInput): RuntimeContext {
  const results = new ResultStore();
  const { environment, library, packageName, extras } = input;
  const stack = new MacroStack();
  const scope = new DbtScope({
    library: withOverrides(library, input.overrides?.macros),
    dialect: environment.dialect,
    packageName,
    stack,
    extras,
    words: (self) => runtimeWords(input, self, results),
  });
  return { scope, results: results.kept, calledMacros: stack.called, extend: (more) => scope.extend(more) };
}

function runtimeWords(input: RuntimeInput, scope: DbtScope, results: ResultStore): readonly Words[] {
  const { environment, node, manifest, overrides, resolve, selected } = input;
  const relation = (): Value => relationOf(node, environment.dialect);
  const words: Words = {
    ref: () => refWord(resolve.ref, () => new ProjectConfig(environment)),
    source: () => sourceWord(resolve.source),
    metric: () => namedWord('metric', (packageName, name) => metricReference(manifest, packageName, name)),
    function: () =>
      namedWord('function', (packageName, name) => functionRelation(manifest, environment.dialect, packageName, name)),
    config: () =>
      new RuntimeConfig({
        node,
        onMetaKey: (key) => environment.emit({ name: 'GetMetaKeyWarning', data: { meta_key: key } }),
      }),
    env_var: () => envVarWord({ ...environment.env, ...overrides?.env_vars }),
    var: () =>
      new VarFunction({
        cliVars: { ...environment.cliVars, ...overrides?.vars },
        root: environment.rootPackage,
        packages: environment.packages,
        packageName: input.packageName,
        askedBy: node ? String(node['name']) : undefined,
        required: true,
        scope,
      }),
    log: () => logWord({ ...environment, emit: (event) => environment.emit({ ...event, node: idOf(node) }) }),
    adapter: () => new AdapterObject(input.adapter, (name, namespace) => scope.dispatch(name, namespace)),
    graph: () => graphOf(manifest),
  };
  return [
    words,
    nodeWords({ environment, node, scope, execute: true, relation, results, selected }),
    baseWords(environment),
  ];
}

function idOf(node: RuntimeInput['node']): string | undefined {
  return node === undefined || node === null ? undefined : String(node['unique_id']);
}
