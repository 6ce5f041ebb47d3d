import { type HostFn, hostFunction, JinjaError, PyObject, truth, type Value } from '../../jinja/index.ts';
import { compilationProblem } from '../problem.ts';
import { pythonClass } from '../python-type.ts';

export type Version = string | number | null;

/** `ref('model')`, `ref('package', 'model')`, with `version=` or `v=`. What it answers is the caller's matter. */
export function refWord(
  answer: (packageName: string | null, name: string, version: Version) => Value,
  config?: () => Value,
): Value {
  const call = (args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value => {
    const [packageName, name] = packageAndName('ref', args);
    const version = readVersion(kwargs);
    return answer(packageName, name, version);
  };
  return config === undefined ? hostFunction('ref', call) : new RefResolver(call, config);
}

/** `ref` where packages look behind it: `ref.config` is the project's configuration. */
class RefResolver extends PyObject {
  override readonly pyCall: HostFn;
  readonly #config: () => Value;

  constructor(call: HostFn, config: () => Value) {
    super();
    this.pyCall = call;
    this.#config = config;
  }

  pyTypeName(): string {
    return 'RefResolver';
  }

  override pyAttr(name: string): Value | undefined {
    return name === 'config' ? this.#config() : undefined;
  }
}

export function sourceWord(answer: (sourceName: string, tableName: string) => Value): Value {
  return hostFunction('source', (args, kwargs) => {
    if (kwargs.size > 0) throw unexpectedKeyword('source', kwargs);
    if (args.length !== 2) throw compilationProblem(`source() takes exactly two arguments (${args.length} given)`);
    const [sourceName, tableName] = args;
    expectString(sourceName, 'The source name (first) argument to source() must be a string');
    expectString(tableName, 'The table name (second) argument to source() must be a string');
    return answer(sourceName, tableName);
  });
}

/** `metric(…)` and `function(…)`: a name, perhaps with its package before it. */
export function namedWord(
  word: 'metric' | 'function',
  answer: (packageName: string | null, name: string) => Value,
): Value {
  return hostFunction(word, (args, kwargs) => {
    if (kwargs.size > 0) throw unexpectedKeyword(word, kwargs);
    const [packageName, name] = packageAndName(word, args);
    return answer(packageName, name);
  });
}

function packageAndName(word: string, args: readonly Value[]): [string | null, string] {
  if (args.length !== 1 && args.length !== 2)
    throw compilationProblem(`${word}() takes at most two arguments (${args.length} given)`);
  const [packageName, name] = args.length === 1 ? [null, args[0]] : args;
  expectString(name, `The name argument to ${word}() must be a string`);
  if (packageName !== null) expectString(packageName, `The package argument to ${word}() must be a string or None`);
  return [packageName, name];
}

function readVersion(kwargs: ReadonlyMap<string, Value>): Version {
  const given = [kwargs.get('version'), kwargs.get('v')].find((value) => value !== undefined && truth(value));
  if (given === undefined) return null;
  if (typeof given === 'string' || typeof given === 'number') return given;
  if (typeof given?.value === 'number') return given.value;
  throw compilationProblem(
    `The version argument to ref() must be a string, int, float, or None - got ${pythonClass(given)}`,
  );
}

function expectString(value: Value, rule: string): void {
  if (typeof value !== 'string') throw compilationProblem(`${rule}, got ${pythonClass(value)}`);
}

function unexpectedKeyword(word: string, kwargs: ReadonlyMap<string, Value>): JinjaError {
  return new JinjaError('TypeError', `${word}() got an unexpected keyword argument '${[...kwargs.keys()][0]}'`);
}
