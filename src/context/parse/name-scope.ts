import type { Scope } from '../../jinja/index.ts';
import { namedWord, refWord, sourceWord } from '../calls/ref.ts';
import { AdapterObject } from '../macros/adapter-object.ts';
import { RuntimeConfig } from '../runtime/config.ts';
import { DbtScope, type Words } from '../scope.ts';
import type { ContextEnvironment, FoundMacro, MacroLibrary } from '../types.ts';
import { baseWords } from '../words/base.ts';
import { envVarWord } from '../words/env.ts';
import { nodeWords } from '../words/node.ts';
import { VarFunction } from '../words/vars.ts';

/** The scope `generate_schema_name` and its like are called in while parsing: that of the macro, not of the node. */
export function nameScope(environment: ContextEnvironment, library: MacroLibrary, macro: FoundMacro): Scope {
  return new DbtScope({
    library,
    dialect: environment.dialect,
    packageName: macro.packageName,
    words: (scope) => [
      nameWords(environment, macro, scope),
      nodeWords({ environment, node: undefined, scope, execute: false, relation: () => null }),
      baseWords(environment),
    ],
  });
}

function nameWords(environment: ContextEnvironment, macro: FoundMacro, scope: DbtScope): Words {
  return {
    ref: () => refWord(() => null),
    source: () => sourceWord(() => null),
    metric: () => namedWord('metric', (_, name) => name),
    function: () => namedWord('function', () => null),
    config: () => new RuntimeConfig({ node: undefined, onMetaKey: () => {} }),
    env_var: () => envVarWord(environment.env),
    var: () =>
      new VarFunction({
        cliVars: environment.cliVars,
        root: environment.rootPackage,
        packages: environment.packages,
        packageName: macro.packageName,
        askedBy: macro.uniqueId.split('.').at(-1),
        required: true,
        scope,
      }),
    adapter: () =>
      new AdapterObject(environment.dialect.parseAdapter, (name, namespace) => scope.dispatch(name, namespace)),
  };
}
