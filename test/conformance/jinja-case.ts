import { dbtEnvironment, MacroReturn } from '../../src/context/index.ts';
import { isTsdbtError } from '../../src/error/index.ts';
import {
  Dict,
  JinjaEnvironment,
  JinjaError,
  PyFloat,
  PyRange,
  PySet,
  repr,
  runSync,
  type Scope,
  StrSubclass,
  scanBlocks,
  scopeOf,
  str,
  tuple,
  type Value,
} from '../../src/jinja/index.ts';
import { runtimeContext, world } from '../context/support.ts';
import { projectMacro } from './dbt-macros.ts';

export interface Case {
  readonly id: string;
  readonly area: string;
  readonly template: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly macros?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: { output?: string; native?: unknown; error?: string; message?: string; lineno?: number };
}

export interface Outcome {
  readonly passed: boolean;
  readonly got: unknown;
  readonly sameMessage?: boolean;
  readonly sameLine?: boolean;
}

/** A value of a case as a template value. */
export function decode(value: any): Value {
  if (typeof value === 'number') return Number.isInteger(value) ? value : new PyFloat(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(decode);
  if ('$tuple' in value) return tuple(value.$tuple.map(decode));
  if ('$float' in value) return new PyFloat(readFloat(value.$float));
  if ('$int' in value) return BigInt(value.$int);
  if ('$dict' in value) return new Dict(value.$dict.map(([k, v]: [any, any]) => [decode(k), decode(v)]));
  if ('$set' in value) return new PySet(value.$set.map(decode));
  if ('$range' in value) return new PyRange(value.$range[0], value.$range[1], value.$range[2]);
  return new Dict(Object.entries(value).map(([key, item]) => [key, decode(item)] as const));
}

function readFloat(text: string): number {
  return text === 'inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

/** dbt's environments are the context room's own; the others are made for the case. */
export function environment(test: Case): JinjaEnvironment {
  const { options } = test;
  const native = options['native'] === true;
  if (options['env'] === 'dbt') {
    if (options['capture_macros'] === true) return dbtEnvironment(native ? 'native-parse' : 'parse');
    return dbtEnvironment(native ? 'native' : 'runtime');
  }
  return new JinjaEnvironment({
    undefinedKind: (options['undefined'] as 'strict' | undefined) ?? 'default',
    native,
    trimBlocks: options['trim_blocks'] === true,
    lstripBlocks: options['lstrip_blocks'] === true,
    keepTrailingNewline: options['keep_trailing_newline'] === true,
    ...(test.files && { loader: (name: string) => test.files![name] }),
  });
}

let dbtNames: Scope | undefined;

/** The names of a case: its context, and for dbt's environment dbt's words and the project's macros. */
export function scopeFor(test: Case): Scope {
  const values = new Map(Object.entries(test.context).map(([key, value]) => [key, decode(value)] as const));
  if (test.options['env'] !== 'dbt') return scopeOf(values);
  dbtNames ??= runtimeContext(world()).scope;
  const own = scopeOf(values, dbtNames);
  for (const block of scanBlocks(test.macros ?? '', { blocks: ['macro', 'materialization', 'test', 'docs'] })) {
    const { name, value } = projectMacro(block, own);
    values.set(name, value);
  }
  return own;
}

function attempt(test: Case): unknown {
  const env = environment(test);
  const scope = scopeFor(test);
  const template = env.compile(test.template);
  return runSync(test.options['native'] ? template.renderNative(scope) : template.render(scope));
}

function encode(value: Value, inside: readonly Value[] = []): unknown {
  if (value instanceof PyFloat) {
    const whole = Number.isInteger(value.value) || !Number.isFinite(value.value);
    return whole ? { $float: repr(value) } : value.value;
  }
  if (typeof value === 'bigint') return { $int: String(value) };
  // Marked text is a string too.
  if (value instanceof StrSubclass) return value.value;
  if (value === null || typeof value !== 'object') return value;
  // YAML's anchors make values that hold themselves.
  const within = (item: Value) => encode(item, [...inside, value]);
  if (!inside.includes(value)) {
    if (value instanceof Dict) return Object.fromEntries([...value.entries()].map(([k, v]) => [str(k), within(v)]));
    if (Array.isArray(value))
      return value.constructor === Array ? value.map(within) : { $tuple: Array.from(value, within) };
  }
  return { $repr: normalized(repr(value)) };
}

const normalized = (text: string): string => text.replace(/0x[0-9a-f]+/gi, '0x0');

/** The words of an error: without dbt's title, the excerpt it adds, and what only Python's own code generation knows. */
function messageOf(text = '', kind = ''): string {
  if (kind === 'RecursionError') return '';
  const words = text.replace(/^Compilation Error\n {2}/, '').replace(/\n {2}line \d+\n[\s\S]*$/, '');
  const called = words.replace(/^[\w.]+\(\) (?=argument after|got multiple values for keyword)/, '');
  return normalized(called.replace(/ \(<template>, line \d+\)$/, '').replace(/\bl_\d+_/g, ''));
}

export function runCase(test: Case): Outcome {
  const { expected } = test;
  try {
    const got = attempt(test);
    if (expected.error !== undefined) return { passed: false, got: { output: got } };
    if (expected.output !== undefined)
      return { passed: normalized(String(got)) === normalized(expected.output), got: { output: got } };
    const same = normalized(JSON.stringify(encode(got))) === normalized(JSON.stringify(expected.native));
    return { passed: same, got: { native: encode(got) } };
  } catch (error) {
    if (isTsdbtError(error)) {
      return {
        passed: expected.error === 'CompilationError',
        got: { error: 'CompilationError', message: error.message },
      };
    }
    if (error instanceof MacroReturn) {
      return { passed: expected.error === 'MacroReturn', got: { error: 'MacroReturn', message: str(error.value) } };
    }
    if (!(error instanceof JinjaError))
      return { passed: false, got: { crash: String((error as Error)?.stack ?? error) } };
    const got = { error: error.kind, message: error.message, lineno: error.line };
    return {
      passed: sameClass(expected.error, error),
      got,
      sameMessage: messageOf(expected.message, error.kind) === messageOf(error.message, error.kind),
      ...(expected.lineno !== undefined &&
        error.kind !== 'SyntaxError' && { sameLine: expected.lineno === error.line }),
    };
  }
}

/** dbt wraps errors of a render in classes of its own; by them we know what may be inside. */
const WRAPPED: Readonly<Record<string, readonly string[]>> = {
  CompilationError: ['Exception'],
  UndefinedMacroError: ['UndefinedError'],
  CaughtMacroError: ['TypeError', 'TemplateRuntimeError'],
  CaughtMacroErrorWithNodeError: ['TypeError', 'TemplateRuntimeError'],
};

function sameClass(expected: string | undefined, error: JinjaError): boolean {
  if (expected === undefined) return false;
  return expected === error.kind || (WRAPPED[expected] ?? []).some((kind) => error.isA(kind));
}
