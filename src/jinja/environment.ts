import { createHash } from 'node:crypto';
import nunjucks from 'nunjucks/src/environment.js';
import { JinjaCompiler } from './compiler/compiler.ts';
import type { CompilerOptions } from './compiler/emitter.ts';
import type { FoldHome } from './compiler/fold.ts';
import { JinjaError } from './errors.ts';
import { FILTERS } from './filters/index.ts';
import type { FilterEntry } from './filters/table.ts';
import { GLOBALS } from './globals.ts';
import { importTemplates } from './loading.ts';
import { hashKey } from './ops/hash.ts';
import { truth } from './ops/truth.ts';
import type { Run } from './runtime/facts.ts';
import type { Scope } from './runtime/scope.ts';
import { runtimeTable } from './runtime/table.ts';
import { isPending } from './step.ts';
import type { BlockTag, SyntaxOptions } from './syntax/grammar.ts';
import type { Root } from './syntax/nodes.ts';
import { parse } from './syntax/parser.ts';
import { Template, type TemplateHome } from './template.ts';
import { TESTS, type TestFn } from './tests.ts';
import type { HostFn, Kwargs, Value } from './values/object.ts';
import type { UndefinedKind } from './values/undefined.ts';

/**
 * Keeps generated code between runs; `key` names the source and the options. Who provides it must add the program's own
 * version: code of one version does not run in another.
 */
export interface CompiledStore {
  get(key: string): string | undefined;
  set(key: string, code: string): void;
}

export interface EnvironmentOptions {
  readonly undefinedKind?: UndefinedKind;
  /** Output keeps Python values, for `renderNative`. */
  readonly native?: boolean;
  readonly trimBlocks?: boolean;
  readonly lstripBlocks?: boolean;
  readonly keepTrailingNewline?: boolean;
  readonly autoescape?: boolean;
  /** Gives the source of a template for `include`, `import` and `extends`; undefined where there is none. */
  readonly loader?: (name: string) => string | undefined;
  readonly macroName?: (name: string) => string;
  readonly typedSignatures?: boolean;
  readonly extraBlocks?: readonly BlockTag[];
  readonly globals?: Readonly<Record<string, Value>>;
  /** Further filters: a function of the value and the arguments, all positional ones in `args`. */
  readonly filters?: Readonly<Record<string, HostFn>>;
  readonly tests?: Readonly<Record<string, HostFn>>;
  readonly store?: CompiledStore;
}

/** nunjucks' Environment as the registry of filters, tests and globals; compiles templates with Jinja2's semantics. */
export class JinjaEnvironment extends nunjucks.Environment implements TemplateHome {
  declare readonly options: EnvironmentOptions;
  declare readonly syntax: SyntaxOptions;
  declare readonly compiler: CompilerOptions;
  declare readonly runtime: Record<string, unknown>;
  declare readonly undefinedKind: UndefinedKind;
  declare readonly native: boolean;
  declare private readonly cache: Map<string, Template>;

  constructor(options: EnvironmentOptions = {}) {
    super([], options);
  }

  override init(loaders: any, options: any): void {
    super.init(loaders, { autoescape: options.autoescape ?? false });
    const given = options as EnvironmentOptions;
    this.filters = Object.create(null);
    this.tests = Object.create(null);
    this.globals = Object.create(null);
    for (const [name, entry] of FILTERS) this.addFilter(name, entry);
    for (const [name, test] of TESTS) this.addTest(name, test);
    for (const [name, value] of GLOBALS) this.addGlobal(name, value);
    for (const [name, fn] of Object.entries(given.filters ?? {})) this.addFilter(name, hostFilter(fn));
    for (const [name, fn] of Object.entries(given.tests ?? {})) this.addTest(name, hostTest(fn));
    for (const [name, value] of Object.entries(given.globals ?? {})) this.addGlobal(name, value);
    Object.assign(this, this.settings(given));
  }

  private settings(options: EnvironmentOptions): object {
    const undefinedKind = options.undefinedKind ?? 'default';
    return {
      options,
      undefinedKind,
      native: options.native ?? false,
      cache: new Map(),
      syntax: {
        trimBlocks: options.trimBlocks ?? false,
        lstripBlocks: options.lstripBlocks ?? false,
        keepTrailingNewline: options.keepTrailingNewline ?? false,
        macroName: options.macroName,
        typedSignatures: options.typedSignatures,
        extraBlocks: options.extraBlocks,
      },
      compiler: {
        native: options.native ?? false,
        autoescape: options.autoescape ?? false,
        mapped: false,
        isHostFilter: (name: string) => options.filters !== undefined && Object.hasOwn(options.filters, name),
        home: {
          undefinedKind,
          hasFilter: (name) => this.hasFilter(name),
          hasTest: (name) => this.hasTest(name),
          applyFilter: (...call) => this.applyFilter(...call),
          applyTest: (...call) => this.applyTest(...call),
          filter: (name) => this.filterFunction(name),
          test: (name) => this.testFunction(name),
          filterNames: () => Object.keys(this.filters),
          testNames: () => Object.keys(this.tests),
          isContextFilter: (name) => (this.filters[name] as FilterEntry).needsContext,
        } satisfies FoldHome,
      },
      runtime: runtimeTable({
        undefinedKind,
        filter: (name) => this.filterFunction(name),
        test: (name) => this.testFunction(name),
        ...importTemplates(this),
      }),
    };
  }

  hasFilter(name: string): boolean {
    return String(hashKey(name)) in this.filters;
  }

  hasTest(name: string): boolean {
    return String(hashKey(name)) in this.tests;
  }

  private filterFunction(name: string): FilterEntry['run'] {
    const entry = this.filters[name] as FilterEntry | undefined;
    return entry?.run ?? (() => unknownHelper('filter', name));
  }

  private testFunction(name: string): TestFn {
    return this.tests[name] ?? (() => unknownHelper('test', name));
  }

  applyFilter(context: Run, name: string, value: Value, args: readonly Value[], kwargs: Kwargs): Value {
    if (!this.hasFilter(name)) unknownByName('filter', name);
    const result = this.filterFunction(name)(context, value, args, kwargs);
    if (isPending(result)) throw new JinjaError('TemplateRuntimeError', `the filter '${name}' cannot be used here`);
    return result;
  }

  applyTest(context: Run, name: string, value: Value, args: readonly Value[], kwargs: Kwargs): boolean {
    if (!this.hasTest(name)) unknownByName('test', name);
    return this.testFunction(name)(context, value, args, kwargs);
  }

  /** What a template sees beyond its own names: the given scope, then the globals. */
  scope(given: Scope): Scope {
    return {
      lookup: (name) => {
        const value = given.lookup(name);
        return value === undefined ? this.globals[name] : value;
      },
      names: () => [...(given.names?.() ?? []), ...Object.keys(this.globals)],
    };
  }

  parse(source: string): Root {
    return parse(source, this.syntax);
  }

  /** The JavaScript of a template, from the store where it has it. */
  codeOf(source: string, mapped: boolean): string {
    const { store } = this.options;
    const key = store === undefined ? '' : this.storeKey(source, mapped);
    const known = store?.get(key);
    if (known !== undefined) return known;
    const code = new JinjaCompiler(mapped ? { ...this.compiler, mapped } : this.compiler).compileTemplate(
      this.parse(source),
    );
    store?.set(key, code);
    return code;
  }

  /** Names the source and every option that changes the code. */
  private storeKey(source: string, mapped: boolean): string {
    const { macroName, extraBlocks, ...syntax } = this.syntax;
    const tags = extraBlocks?.map(({ tag }) => tag);
    const { native, autoescape } = this.compiler;
    const options = JSON.stringify([syntax, macroName?.('name'), tags, native, autoescape, mapped]);
    return createHash('sha1').update(options).update('\0').update(source).digest('hex');
  }

  /** A template; throws where the syntax is wrong. The same text at the same place gives the same template. */
  compile(source: string, at: { file?: string; firstLine?: number } = {}): Template {
    const key = `${at.file ?? ''}\0${at.firstLine ?? 1}\0${source}`;
    let template = this.cache.get(key);
    if (template === undefined) {
      template = new Template(source, this, at);
      this.cache.set(key, template);
    }
    return template;
  }
}

function unknownHelper(kind: string, name: string): never {
  throw new JinjaError('TemplateRuntimeError', `No ${kind} named '${name}' found.`);
}

function unknownByName(kind: string, name: string): never {
  throw new JinjaError('TemplateRuntimeError', `No ${kind} named '${name}'.`);
}

function hostFilter(fn: HostFn): FilterEntry {
  return { run: (_context, value, args, kwargs) => fn([value, ...args], kwargs), needsContext: false };
}

function hostTest(fn: HostFn): TestFn {
  return (_context, value, args, kwargs) => {
    const result = fn([value, ...args], kwargs);
    if (isPending(result)) throw new JinjaError('TemplateRuntimeError', 'a test cannot wait');
    return truth(result);
  };
}
