import { hostFunction, type Scope, type Value } from '../../jinja/index.ts';
import { namedWord, refWord, sourceWord } from '../calls/ref.ts';
import { compilationProblem } from '../problem.ts';
import type { Words } from '../scope.ts';
import type { ContextEnvironment, Recorded } from '../types.ts';
import { baseWords } from '../words/base.ts';
import { envVarWord } from '../words/env.ts';
import { VarFunction } from '../words/vars.ts';
import { Recorder } from './recorder.ts';

export interface YamlScopeInput {
  readonly environment: ContextEnvironment;
  /** Whose YAML it is. */
  readonly packageName: string;
  /** What `doc()` gives; undefined where there is no such block. Without it there is no `doc`. */
  readonly doc?: (packageName: string | null, name: string) => string | undefined;
  /** unique_id of what is described, for the text of the error. */
  readonly describes?: string;
}

export interface YamlScope {
  readonly scope: Scope;
  /** env_var and var names that were asked for. */
  recorded(): Recorded;
}

/** The scope values of property YAML are rendered in: base words, `var` (not rendered again), `env_var`, `target`, perhaps `doc`. */
export function yamlScope(input: YamlScopeInput): YamlScope {
  const { environment, packageName, doc } = input;
  const recorder = new Recorder();
  const words: Words = {
    ...baseWords(environment),
    env_var: () => envVarWord(environment.env, (name) => recorder.once('envVars', name)),
    var: () =>
      new VarFunction({
        cliVars: environment.cliVars,
        root: environment.rootPackage,
        packages: environment.packages,
        packageName,
        askedBy: undefined,
        required: true,
        scope: undefined,
        onUse: (name) => recorder.once('vars', name),
      }),
    ...(doc ? { doc: () => docWord(doc, input.describes ?? '') } : {}),
  };
  return { scope: wordScope(words), recorded: () => recorder.recorded() };
}

/** For `depends_on: ref('x')` of exposures and the like: ref, source and metric are recorded and give ''. */
export function dependencyScope(): YamlScope {
  const recorder = new Recorder();
  const words: Words = {
    ref: () => refWord((packageName, name, version) => recorder.ref(packageName, name, version, '')),
    source: () => sourceWord((sourceName, tableName) => recorder.source(sourceName, tableName, '')),
    metric: () => namedWord('metric', (packageName, name) => recorder.named('metrics', packageName, name, '')),
  };
  return { scope: wordScope(words), recorded: () => recorder.recorded() };
}

function docWord(find: NonNullable<YamlScopeInput['doc']>, describes: string): Value {
  return hostFunction('doc', (args) => {
    if (args.length !== 1 && args.length !== 2)
      throw compilationProblem(`doc() takes at most two arguments (${args.length} given)`);
    const [packageName, name] = args.length === 1 ? [null, args[0]] : args;
    const found = find(packageName, name);
    if (found !== undefined) return found;
    const where = packageName === null ? '' : `in package '${packageName}' `;
    throw compilationProblem(
      `Documentation for '${describes}' depends on doc '${name}' ${where} which was not found`,
      'TSD1103',
    );
  });
}

/** Words alone, each made once. */
function wordScope(words: Words): Scope {
  const made = new Map<string, Value>();
  return {
    lookup(name) {
      if (!Object.hasOwn(words, name)) return undefined;
      if (!made.has(name)) made.set(name, words[name]?.());
      return made.get(name);
    },
  };
}
