import {
  type ContextEnvironment,
  createMacroLibrary,
  createRuntimeContext,
  type Dialect,
  dbtEnvironment,
  type MacroLibrary,
  pyFunction,
  type RelationParts,
  type RuntimeContext,
  type RuntimeInput,
} from '../../src/context/index.ts';
import { PyObject, runSync, type Value } from '../../src/jinja/index.ts';
import type { Event, MacroNode, NodeMap, Package } from '../../src/model/index.ts';
import type { DataMap } from '../../src/util/data.ts';

class Relation extends PyObject {
  readonly parts: RelationParts;
  constructor(parts: RelationParts) {
    super();
    this.parts = parts;
  }
  pyTypeName(): string {
    return 'ClickHouseRelation';
  }
  override pyStr(): string {
    return `\`${this.parts.schema}\`.\`${this.parts.identifier}\``;
  }
  override pyAttr(name: string): Value | undefined {
    return { schema: this.parts.schema, identifier: this.parts.identifier, type: this.parts.type ?? null }[name];
  }
}

class NothingYet extends PyObject {
  pyTypeName(): string {
    return 'ParseDatabaseWrapper';
  }
  override pyAttr(name: string): Value | undefined {
    return name === 'execute' ? pyFunction('execute', ['sql'], () => '') : undefined;
  }
}

export const dialect: Dialect = {
  type: 'clickhouse',
  dispatchPrefixes: ['clickhouse', 'default'],
  internalPackages: ['dbt_clickhouse', 'dbt'],
  builtinMacros: () => [],
  sourceSchema: ({ schema }: { schema: string }) => schema,
  createRelation: (parts) => new Relation(parts),
  renderRelation: (parts) => `\`${parts.schema}\`.\`${parts.identifier}\``,
  api: new NothingYet(),
  parseAdapter: new NothingYet(),
};

export function makePackage(name: string, fields: Partial<Package> = {}): Package {
  const paths = {
    model: [],
    seed: [],
    test: [],
    analysis: [],
    macro: [],
    snapshot: [],
    docs: [],
    asset: [],
    function: [],
  };
  return {
    name,
    version: null,
    root: `/${name}`,
    paths,
    trees: {} as Package['trees'],
    unrenderedTrees: {} as Package['trees'],
    vars: {},
    onRunStart: [],
    onRunEnd: [],
    dispatch: [],
    quoting: {},
    requireDbtVersion: [],
    restrictAccess: false,
    ...fields,
  };
}

/** `{ 'shop.cents': 'macro text' }` as macros of a manifest. */
export function macroNodes(texts: Readonly<Record<string, string>>): NodeMap<MacroNode> {
  const nodes = Object.entries(texts).map(([key, macro_sql]): MacroNode => {
    const [package_name = '', name = ''] = key.split('.');
    const path = `macros/${name}.sql`;
    return {
      name,
      resource_type: 'macro',
      package_name,
      path,
      original_file_path: path,
      unique_id: `macro.${key}`,
      macro_sql,
      depends_on: { macros: [] },
      description: '',
      meta: {},
      docs: { show: true, node_color: null },
      config: {},
      patch_path: null,
      arguments: [],
      created_at: 0,
      supported_languages: null,
    };
  });
  return Object.fromEntries(nodes.map((node) => [node.unique_id, node]));
}

export interface World {
  readonly environment: ContextEnvironment;
  readonly library: MacroLibrary;
  readonly events: Event[];
}

export interface WorldInput {
  readonly macros?: Readonly<Record<string, string>>;
  readonly root?: Partial<Package>;
  readonly packages?: readonly Package[];
  readonly cliVars?: DataMap;
  readonly flags?: DataMap;
  readonly env?: Readonly<Record<string, string>>;
}

export function world(input: WorldInput = {}): World {
  const events: Event[] = [];
  const rootPackage = makePackage('shop', input.root);
  const environment: ContextEnvironment = {
    rootPackage,
    packages: input.packages ?? [],
    target: {
      profileName: 'shop',
      name: 'dev',
      type: 'clickhouse',
      schema: 'analytics',
      threads: 4,
      credentials: { host: 'localhost', user: 'me', password: 'hidden', schema: 'analytics' },
    },
    cliVars: input.cliVars ?? {},
    flags: { full_refresh: false, print: true, ...input.flags },
    invocation: {
      id: 'b5f9a1c0-0000-4000-8000-000000000000',
      startedAt: '2026-11-22T19:13:50.554000Z',
      now: new Date('2026-11-22T19:13:50.554Z'),
      which: 'run',
      command: 'dbt run',
    },
    env: input.env ?? {},
    dialect,
    emit: (event) => events.push(event),
  };
  const macros = macroNodes(input.macros ?? {});
  const library = createMacroLibrary({
    macros,
    rootPackage,
    dialect,
    packages: environment.packages,
    flags: environment.flags,
  });
  return { environment, library, events };
}

/** A text rendered as a node of the root package would be while executing. */
export function runtimeRender(given: World, template: string, fields: Partial<RuntimeInput> = {}): string {
  const { scope } = runtimeContext(given, fields);
  return runSync(dbtEnvironment('runtime').compile(template).render(scope));
}

export function runtimeContext({ environment, library }: World, fields: Partial<RuntimeInput> = {}): RuntimeContext {
  return createRuntimeContext({
    environment,
    library,
    manifest: {
      nodes: {},
      sources: {},
      exposures: {},
      groups: {},
      metrics: {},
      semantic_models: {},
      saved_queries: {},
    } as never,
    adapter: dialect.parseAdapter,
    node: undefined,
    packageName: 'shop',
    resolve: { ref: (_, name) => name, source: (name, table) => `${name}.${table}` },
    ...fields,
  });
}
