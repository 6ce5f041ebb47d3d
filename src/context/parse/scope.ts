import { fromData, type Scope, type Value } from '../../jinja/index.ts';
import type { DataMap } from '../../util/data.ts';
import { namedWord, refWord, sourceWord } from '../calls/ref.ts';
import { AdapterObject } from '../macros/adapter-object.ts';
import { MacroStack } from '../macros/call-stack.ts';
import { DbtScope, type Words } from '../scope.ts';
import type { ContextEnvironment, MacroLibrary, Recorded, RelationParts } from '../types.ts';
import { baseWords } from '../words/base.ts';
import { envVarWord } from '../words/env.ts';
import { nodeWords } from '../words/node.ts';
import { ProjectConfig } from '../words/runtime-config.ts';
import { VarFunction } from '../words/vars.ts';
import { ParseConfig } from './config.ts';
import { Recorder } from './recorder.ts';

export interface ParseScopeInput {
  readonly environment: ContextEnvironment;
  readonly library: MacroLibrary;
  /** `model` in the template: what is known of the node before its text is read. */
  readonly node: Readonly<Record<string, unknown>>;
  readonly packageName: string;
  /** What `this`, `ref()` and `source()` give: the node's own relation. null for operations. */
  readonly relation: RelationParts | null;
  /** The first `config()` of the text as written; asked for when one is called. */
  readonly unrenderedConfig?: () => DataMap | undefined;
  readonly extras?: ReadonlyMap<string, Value>;
}

export interface ParseScope {
  readonly scope: Scope;
  /** What the text asked for so far. */
  recorded(): Recorded;
}

/** The scope a node's text is rendered in while parsing (with the `parse` environment): nothing is executed, all is recorded. */
export function parseScope(input: ParseScopeInput): ParseScope {
  const { environment, library, packageName } = input;
  const recorder = new Recorder();
  const stack = new MacroStack();
  const scope = new DbtScope({
    library,
    dialect: environment.dialect,
    packageName,
    stack,
    extras: input.extras,
    words: (self) => parseWords(input, recorder, self),
  });
  return { scope, recorded: () => ({ ...recorder.recorded(), macros: outermost(stack) }) };
}

/** What the text itself calls: the node's `depends_on.macros`. */
function outermost(stack: MacroStack): readonly string[] {
  return [...stack.called].flatMap(([uniqueId, depth]) => (depth === 0 ? [uniqueId] : []));
}

function parseWords(input: ParseScopeInput, recorder: Recorder, scope: DbtScope): readonly Words[] {
  const { environment, node, relation } = input;
  const own = relation ? environment.dialect.createRelation(relation) : null;
  const words: Words = {
    ref: () =>
      refWord(
        (packageName, name, version) => recorder.ref(packageName, name, version, own),
        () => new ProjectConfig(environment),
      ),
    source: () => sourceWord((sourceName, tableName) => recorder.source(sourceName, tableName, own)),
    metric: () => namedWord('metric', (packageName, name) => recorder.named('metrics', packageName, name, name)),
    function: () => namedWord('function', (packageName, name) => recorder.named('functions', packageName, name, own)),
    config: () => new ParseConfig((call) => recorder.config(call, input.unrenderedConfig?.())),
    env_var: () => envVarWord(environment.env, (name) => recorder.once('envVars', name)),
    var: () =>
      new VarFunction({
        cliVars: environment.cliVars,
        root: environment.rootPackage,
        packages: environment.packages,
        packageName: input.packageName,
        askedBy: String(node['name'] ?? ''),
        required: false,
        scope,
        onUse: (name) => recorder.once('vars', name),
      }),
    adapter: () =>
      new AdapterObject(environment.dialect.parseAdapter, (name, namespace) => scope.dispatch(name, namespace)),
    graph: () => fromData({}),
  };
  const common = nodeWords({ environment, node, scope, execute: false, relation: () => own });
  return [words, common, baseWords(environment)];
}
