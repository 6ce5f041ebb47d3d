import type { ContextEnvironment, MacroLibrary, RuntimeContext, RuntimeInput } from '../context/index.ts';
import { createRuntimeContext, dbtEnvironment, explainTemplateError } from '../context/index.ts';
import type { Step, Value } from '../jinja/index.ts';
import type { CompilableNode, Manifest } from '../model/index.ts';
import { calledAt, withMacros } from './called-macros.ts';
import { type Cte, cteSql, injectCtes, mapInjected } from './inject.ts';
import { createLookup, type Lookup } from './lookup.ts';
import { narrowing } from './narrow.ts';
import { writtenPath } from './paths.ts';
import { createResolver, type Reading } from './resolver.ts';
import { TEST_ARGUMENTS, testArguments } from './test-arguments.ts';

export interface CompileInput {
  readonly environment: ContextEnvironment;
  readonly manifest: Manifest;
  readonly library: MacroLibrary;
  /** The target folder as the user named it, relative to the project: `compiled_path` begins with it. */
  readonly targetPath: string;
  /** Where a node lies in another environment, if this run takes it from there (`--defer`). */
  readonly deferred?: Reading['deferred'] | undefined;
  /** unique_ids of what the command has chosen. */
  readonly selected?: ReadonlySet<string> | undefined;
  /** False leaves ephemeral models out of what reads them; such SQL is not written. */
  readonly injectsCtes?: boolean;
}

export interface MappedSql {
  readonly sql: string;
  /** For each line of the SQL a line of `raw_code`, counting from 1; undefined for lines of ephemeral models. */
  readonly lines: readonly (number | undefined)[];
}

export type Extras = ReadonlyMap<string, Value>;

export interface Compiler {
  readonly input: CompileInput;
  readonly lookup: Lookup;
  /** The node with `compiled_code` and what belongs to it. Waits where a template asks the database. */
  compile<T extends CompilableNode>(node: T, adapter: Value, extras?: Extras): Step<T>;
  /** The same SQL with the line of the node's code that each of its lines came from: for messages about it. */
  compileMapped(node: CompilableNode, adapter: Value): Step<MappedSql>;
  /** The words a materialization, hook or operation of this node runs with. */
  context(node: CompilableNode, adapter: Value, extras?: Extras): RuntimeContext;
  /** Ephemeral models that were compiled because others read them. */
  ephemerals(): Iterable<CompilableNode>;
}

/** `own` is the SQL before expressions were put in: what a reader of an ephemeral model takes over. */
interface Compiled<T extends CompilableNode> {
  readonly node: T;
  readonly own: string;
}

export function createCompiler(input: CompileInput): Compiler {
  const lookup = createLookup(input.manifest);
  const reading: Reading = { narrow: narrowing(input.environment), deferred: input.deferred };
  const ephemeralDone = new Map<string, Compiled<CompilableNode>>();

  const contextOf = (node: CompilableNode, adapter: Value, extras: Extras, ephemeral: Set<string>): RuntimeContext =>
    runtimeContext(input, node, adapter, extras, createResolver(input.environment, lookup, node, ephemeral, reading));

  function* compileNode<T extends CompilableNode>(node: T, adapter: Value, extras: Extras): Step<Compiled<T>> {
    const ephemeral = new Set<string>();
    const context = contextOf(node, adapter, extras, ephemeral);
    const own = yield* render(node, context);
    const ctes = yield* gather(ephemeral, adapter);
    return { own, node: withCompiled(input, withMacros(node, calledAt(context, 0)), own, ctes) };
  }

  /** The expressions for these ephemeral models and for those they read: each once, what is read first. */
  function* gather(ids: Iterable<string>, adapter: Value): Step<Cte[]> {
    const ctes = new Map<string, Cte>();
    for (const id of ids) {
      const one =
        ephemeralDone.get(id) ?? (yield* compileNode(input.manifest.nodes[id] as CompilableNode, adapter, new Map()));
      ephemeralDone.set(id, one);
      for (const cte of one.node.extra_ctes ?? []) ctes.set(cte.id, cte);
      ctes.set(id, { id, sql: cteSql(one.node.alias, one.own) });
    }
    return [...ctes.values()];
  }

  return {
    input,
    lookup,
    *compile(node, adapter, extras = new Map()) {
      return (yield* compileNode(node, adapter, extras)).node;
    },
    *compileMapped(node, adapter) {
      const ephemeral = new Set<string>();
      const { scope } = contextOf(node, adapter, new Map(), ephemeral);
      const { text, lines } = yield* explained(node, function* () {
        const template = dbtEnvironment('runtime').compile(node.raw_code, { file: node.original_file_path });
        return yield* template.renderMapped(scope);
      });
      const sql = injectCtes(text, yield* gather(ephemeral, adapter));
      return { sql, lines: mapInjected(text, sql, lines) };
    },
    context: (node, adapter, extras = new Map()) => contextOf(node, adapter, extras, new Set()),
    *ephemerals() {
      for (const one of ephemeralDone.values()) yield one.node;
    },
  };
}

export function runtimeContext(
  input: CompileInput,
  node: CompilableNode,
  adapter: Value,
  extras: Extras,
  resolve: RuntimeInput['resolve'],
  overrides?: RuntimeInput['overrides'],
): RuntimeContext {
  return createRuntimeContext({
    environment: input.environment,
    manifest: input.manifest,
    library: input.library,
    selected: input.selected,
    adapter,
    node: node as unknown as Readonly<Record<string, unknown>>,
    packageName: node.package_name,
    resolve,
    extras,
    ...(overrides === undefined ? {} : { overrides }),
  });
}

/** Renders a node's code; a generic test gets its arguments first, which are templates themselves. */
export function* render(node: CompilableNode, context: RuntimeContext): Step<string> {
  return yield* explained(node, function* () {
    let { scope } = context;
    if (node.resource_type === 'test' && node.test_metadata !== undefined) {
      scope = context.extend(new Map([[TEST_ARGUMENTS, yield* testArguments(node.test_metadata.kwargs, scope)]]));
    }
    return yield* dbtEnvironment('runtime').compile(node.raw_code, { file: node.original_file_path }).render(scope);
  });
}

/** What goes wrong in a template is told with its place there. */
function* explained<T>(node: CompilableNode, rendering: () => Step<T>): Step<T> {
  try {
    return yield* rendering();
  } catch (error) {
    throw explainTemplateError(error, node.original_file_path);
  }
}

export function withCompiled<T extends CompilableNode>(
  input: CompileInput,
  node: T,
  own: string,
  ctes: readonly Cte[],
): T {
  if (input.injectsCtes === false) {
    const apart = { compiled_path: null, extra_ctes_injected: false, extra_ctes: ctes };
    return { ...node, compiled: true, compiled_code: own, ...apart };
  }
  return {
    ...node,
    compiled: true,
    compiled_code: injectCtes(own, ctes),
    compiled_path: `${input.targetPath}/${writtenPath('compiled', node)}`,
    extra_ctes_injected: true,
    extra_ctes: ctes,
  };
}
