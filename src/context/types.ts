import type { Scope, Step, Value } from '../jinja/index.ts';
import type { Emit, Flags, Invocation, Manifest, Package, SourceFile, Target } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import type { MacroCall } from './macros/static-calls.ts';

/** The parts of a relation's name, with what the catalog knows of it. */
export interface RelationParts {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
  readonly type?: string | null;
  readonly quoting?: DataMap;
  /** At most so many rows are read; 0 reads none. */
  readonly limit?: number | null;
  /** Only rows of this time are read; a bound is `YYYY-mm-dd HH:MM:SS` in UTC. */
  readonly eventTime?: { readonly fieldName: string; readonly start?: string; readonly end?: string };
}

/**
 * What templates and the parser must know about a database. The adapter room provides it (`src/adapter`: `clickhouseDialect`),
 * main hands it to parse, compile and execute; context never imports the adapter.
 */
export interface Dialect {
  /** `clickhouse` */
  readonly type: string;
  /** Prefixes tried by `adapter.dispatch`, most specific first: `['clickhouse', 'default']`. */
  readonly dispatchPrefixes: readonly string[];
  /** Built-in packages in look-up order: `['dbt_clickhouse', 'dbt']`. */
  readonly internalPackages: readonly string[];
  /** The `.sql` macro files of the built-in packages. */
  builtinMacros(): readonly SourceFile[];
  /** The schema a source lies in: where a server has one level of names, its `database` may stand for the schema. */
  sourceSchema(source: { readonly database: string; readonly schema: string; readonly source_name: string }): string;
  /** A template's Relation object. */
  createRelation(parts: RelationParts): Value;
  /** `relation_name` of the manifest: the quoted name as SQL prints it. */
  renderRelation(parts: RelationParts): string;
  /** Template global `api` with `Relation` and `Column`. */
  readonly api: Value;
  /**
   * Template global `adapter` while parsing: methods that touch the database do nothing and give none or '',
   * the others work. `adapter.dispatch` is added by context.
   */
  readonly parseAdapter: Value;
  /**
   * The keys of a profile's output that templates may see as `target.<key>`, each with what it is where the profile is silent.
   * Without it: all that is given but what looks like a secret.
   */
  readonly connectionDefaults?: DataMap;
}

/** What is the same for every template of one invocation. */
export interface ContextEnvironment {
  readonly rootPackage: Package;
  readonly packages: readonly Package[];
  readonly target: Target;
  readonly cliVars: DataMap;
  readonly flags: Flags;
  readonly invocation: Invocation;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dialect: Dialect;
  readonly emit: Emit;
}

/** A macro found by name: its unique id and how to call it in a scope. */
export interface FoundMacro {
  readonly uniqueId: string;
  readonly packageName: string;
  /** Calls it with everything `scope` offers (its own package's look-up order is kept); returns what `return()` gave, else the text. */
  call(scope: Scope, args: readonly Value[], kwargs?: ReadonlyMap<string, Value>): Step<Value>;
}

/** All macros of an invocation: built-in, packages', the project's. Compiles each at its first call. */
export interface MacroLibrary {
  /** dbt's order: the asking package, root, installed packages only by namespace (`dbt_utils.star`), then built-in. */
  find(name: string, fromPackage: string | null): FoundMacro | undefined;
  /** `generate_schema_name` and its like: the node's package where it is an installed one, then root, then built-in. */
  findSpecial(name: string, nodePackage: string): FoundMacro | undefined;
  /** `materialization_<name>_<adapter>`: dbt's order of packages and adapters. */
  findMaterialization(name: string, nodePackage: string): FoundMacro | undefined;
  /** As `adapter.dispatch(name, namespace)`. Throws TSD1103 listing each attempt. */
  dispatch(name: string, namespace: string | null, fromPackage: string | null): FoundMacro;
  /** The macros a template reaches as `<packageName>.<name>`; undefined where that is no namespace. All built-in ones are `dbt`'s. */
  namesIn(packageName: string): readonly string[] | undefined;
  /** unique_ids that statically belong to the text: `depends_on.macros`. `calls` are those of the text where they are known. */
  dependenciesOf(macroSql: string, fromPackage: string, calls?: Iterable<MacroCall>): readonly string[];
}

/** What a template asked for while being parsed. */
export interface Recorded {
  /** In the order of the calls, repeats included. */
  readonly refs: readonly (readonly [packageName: string | null, name: string, version: string | number | null])[];
  readonly sources: readonly (readonly [string, string])[];
  /** Keyword arguments of each `config()`, `pre_hook` already spelt `pre-hook`. */
  readonly configCalls: readonly DataMap[];
  /** The same of the text's first `config()` as it is written, once for each call: what state:modified compares. */
  readonly unrenderedConfigCalls: readonly DataMap[];
  readonly macros: readonly string[];
  /** `[name]` or `[package, name]`. */
  readonly metrics: readonly (readonly string[])[];
  readonly functions: readonly (readonly string[])[];
  /** Names given to env_var() and var(): what a cache of this result depends on. */
  readonly envVars: readonly string[];
  readonly vars: readonly string[];
}

export interface RuntimeInput {
  readonly environment: ContextEnvironment;
  readonly manifest: Manifest;
  readonly library: MacroLibrary;
  /** The `adapter` facade bound to this node's connection; made by the adapter room. */
  readonly adapter: Value;
  /** `model` in the template: a node, with compiled_code where there is one. Undefined for run-operation. */
  readonly node: Readonly<Record<string, unknown>> | undefined;
  /** unique_ids of what the command has chosen: `selected_resources`. */
  readonly selected?: ReadonlySet<string> | undefined;
  /** Whose macros come first: the node's package. */
  readonly packageName: string;
  /** How ref() and source() answer; given by compile, so that ephemeral models, defer, --empty and unit tests have one place. */
  readonly resolve: {
    ref(packageName: string | null, name: string, version: string | number | null): Value;
    source(sourceName: string, tableName: string): Value;
  };
  /** Further names, such as `sql`, `compiled_code`, `results`, `schemas`, `load_agate_table`. They win over all others but macros of the project. */
  readonly extras?: ReadonlyMap<string, Value>;
  /** Of a unit test: what these macros give, and variables that hide others. */
  readonly overrides?: {
    readonly macros?: DataMap;
    readonly vars?: DataMap;
    readonly env_vars?: Readonly<Record<string, string>>;
  };
}

/** A node's context while executing. `results` is what `store_result` kept, by name. */
export interface RuntimeContext {
  readonly scope: Scope;
  /** The same scope with more names, which macros called in it see too; a plain `scopeOf(more, scope)` would hide them from those. */
  extend(more: ReadonlyMap<string, Value>): Scope;
  readonly results: ReadonlyMap<string, Value>;
  /**
   * unique_ids of the macros that were called, in order, each with how many others it stood in at least. dbt adds those of 0 to
   * `depends_on.macros` when it compiles, and of a test those its materialization calls (1) when it runs.
   */
  readonly calledMacros: ReadonlyMap<string, number>;
}
