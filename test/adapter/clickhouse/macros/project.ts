import { randomUUID } from 'node:crypto';
import { type Adapter, type Driver, dialectFor, openAdapter } from '../../../../src/adapter/index.ts';
import {
  type ContextEnvironment,
  createMacroLibrary,
  createRuntimeContext,
  type Dialect,
  type MacroLibrary,
} from '../../../../src/context/index.ts';
import { hostFunction, runAsync, type Scope, scanBlocks, type Value } from '../../../../src/jinja/index.ts';
import type { MacroNode, Manifest, Package, SourceFile, Target } from '../../../../src/model/index.ts';

/** What a model is told, as its config and YAML would. */
export interface ModelSpec {
  readonly name: string;
  readonly sql: string;
  readonly materialized?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly columns?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly description?: string;
  readonly fullRefresh?: boolean;
  readonly extras?: ReadonlyMap<string, Value>;
  readonly resourceType?: string;
  /** Other nodes the templates see as `graph.nodes`. */
  readonly graph?: Readonly<Record<string, unknown>>;
  /** Other fields of the node. */
  readonly node?: Readonly<Record<string, unknown>>;
}

const PACKAGE = {
  name: 'shop',
  version: '1.0',
  root: '/nowhere',
  paths: {},
  trees: {},
  unrenderedTrees: {},
  vars: {},
  onRunStart: [],
  onRunEnd: [],
  dispatch: [],
  quoting: {},
  requireDbtVersion: [],
  restrictAccess: false,
} as unknown as Package;

/** Runs single models through the built-in macros on a server, and keeps the statements each one sent. */
export class TestProject {
  readonly schema: string;
  readonly statements: string[] = [];
  readonly warnings: string[] = [];
  private readonly driver: Driver;
  private readonly macros: readonly SourceFile[];
  private readonly credentials: Readonly<Record<string, string | boolean>>;
  private adapter: Adapter | undefined;
  private invocationId: string = randomUUID();

  constructor(
    driver: Driver,
    schema: string,
    ownMacros = '',
    credentials: Readonly<Record<string, string | boolean>> = {},
  ) {
    this.driver = driver;
    this.schema = schema;
    this.credentials = credentials;
    const own = {
      packageName: 'shop',
      root: '/nowhere',
      searchedPath: 'macros',
      path: 'own.sql',
      file: 'macros/own.sql',
    };
    this.macros = [...this.dialect.builtinMacros(), { ...own, contents: ownMacros }];
  }

  /** Another `dbt run`: the catalog is read anew, staging relations have another name. */
  async newInvocation(): Promise<string> {
    this.invocationId = randomUUID();
    this.adapter = await openAdapter({
      driver: this.driver,
      target: this.target,
      flags: {},
      invocationId: this.invocationId,
      emit: (event) => {
        if (event.name === 'SQLQuery') this.statements.push(tidy(String(event.data['sql'])));
        if (event.name === 'AdapterEventWarning') this.warnings.push(String(event.data['base_msg']));
      },
    });
    await this.adapter.loadCatalog([this.schema]);
    return this.invocationId;
  }

  /** Materializes one model in an invocation of its own. Gives the statements it sent, names of staging relations shortened. */
  async run(spec: ModelSpec): Promise<readonly string[]> {
    const invocation = await this.newInvocation();
    this.statements.length = 0;
    const { scope, close } = this.open(spec);
    try {
      const found = this.library.findMaterialization(spec.materialized ?? 'table', 'shop');
      if (found === undefined) throw new Error(`no materialization ${spec.materialized}`);
      await runAsync(found.call(scope, []));
    } finally {
      await close();
    }
    const owner = invocation.replaceAll('-', '_');
    return this.statements.map((sql) => sql.replaceAll(owner, 'ID').replaceAll(`\`${this.schema}\`.`, ''));
  }

  /** Creates the project's schema unless it exists. */
  async createSchema(): Promise<void> {
    await this.newInvocation();
    const { session } = this.open({ name: 'schemas', sql: '' });
    await this.adapter!.createSchemas([this.schema], session);
    await session.close();
  }

  /** Calls one macro and gives what it returned or printed. */
  async call(name: string, args: readonly Value[], spec: ModelSpec = { name: 'm', sql: 'select 1' }): Promise<Value> {
    await this.newInvocation();
    const { scope, close } = this.open(spec);
    try {
      return await runAsync(this.library.find(name, 'shop')!.call(scope, args));
    } finally {
      await close();
    }
  }

  /** Renders something in the scope of a model. */
  async render(render: (scope: Scope) => Promise<string>, spec: ModelSpec = { name: 'm', sql: '' }): Promise<string> {
    const { scope, close } = this.open(spec);
    try {
      return await render(scope);
    } finally {
      await close();
    }
  }

  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.driver.query(sql.replaceAll('@', `${this.schema}.`))).rows;
  }

  async command(sql: string): Promise<void> {
    await this.driver.query(sql.replaceAll('@', `${this.schema}.`), { fetch: false });
  }

  private get dialect(): Dialect {
    return dialectFor(this.target);
  }

  private get target(): Target {
    return {
      profileName: 'p',
      name: 'dev',
      type: 'clickhouse',
      schema: this.schema,
      threads: 1,
      credentials: this.credentials,
    };
  }

  private get library(): MacroLibrary {
    return createMacroLibrary({ macros: macroNodes(this.macros), rootPackage: PACKAGE, dialect: this.dialect });
  }

  private open(spec: ModelSpec) {
    const session = this.adapter!.session({
      nodeId: `model.shop.${spec.name}`,
      connectionName: spec.name,
      queryComment: null,
    });
    const node = this.node(spec);
    const { library } = this;
    const relation = (name: string): Value =>
      this.dialect.createRelation({ database: '', schema: this.schema, identifier: name });
    const environment = {
      rootPackage: PACKAGE,
      packages: [],
      target: this.target,
      cliVars: {},
      flags: { full_refresh: spec.fullRefresh ?? false, store_failures: false },
      invocation: {
        id: this.invocationId,
        startedAt: '2026-01-01T00:00:00.000000Z',
        now: new Date(),
        which: 'run',
        command: 'dbt run',
      },
      env: {},
      dialect: this.dialect,
      emit: () => {},
    } as unknown as ContextEnvironment;
    const runtime = createRuntimeContext({
      environment,
      manifest: {
        nodes: { [`model.shop.${spec.name}`]: node, ...spec.graph },
        sources: {},
        macros: {},
      } as unknown as Manifest,
      library,
      adapter: session.facade,
      node,
      packageName: 'shop',
      resolve: { ref: (_package, name) => relation(name), source: (_source, table) => relation(table) },
      extras: new Map<string, Value>([
        ['sql', spec.sql],
        ['compiled_code', spec.sql],
        ['write', hostFunction('write', () => '')],
        ...(spec.extras ?? []),
      ]),
    });
    session.bindMacros((name, args, kwargs) => library.find(name, 'shop')!.call(runtime.scope, args, kwargs));
    return { session, scope: runtime.scope, close: () => session.close() };
  }

  private node(spec: ModelSpec): Readonly<Record<string, unknown>> {
    return {
      name: spec.name,
      alias: spec.name,
      resource_type: spec.resourceType ?? 'model',
      unique_id: `model.shop.${spec.name}`,
      package_name: 'shop',
      database: '',
      schema: this.schema,
      description: spec.description ?? '',
      columns: spec.columns ?? {},
      constraints: [],
      compiled_code: spec.sql,
      raw_code: spec.sql,
      unrendered_config: spec.config ?? {},
      config: {
        materialized: spec.materialized ?? 'table',
        contract: { enforced: false, alias_types: true },
        persist_docs: {},
        'pre-hook': [],
        'post-hook': [],
        ...spec.config,
      },
      ...spec.node,
    };
  }
}

function tidy(sql: string): string {
  return sql.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').trim();
}

let made: { readonly files: readonly SourceFile[]; readonly nodes: Record<string, MacroNode> } | undefined;

/** Macro files as the parser would make nodes of them. */
function macroNodes(files: readonly SourceFile[]): Record<string, MacroNode> {
  if (made?.files === files) return made.nodes;
  const nodes: Record<string, MacroNode> = {};
  for (const file of files) {
    for (const block of scanBlocks(file.contents, { blocks: ['macro', 'materialization', 'test'] })) {
      const name = macroName(block.type, block.name!, block.fullBlock);
      nodes[`macro.${file.packageName}.${name}`] = {
        name,
        resource_type: 'macro',
        package_name: file.packageName,
        path: file.file,
        original_file_path: file.file,
        unique_id: `macro.${file.packageName}.${name}`,
        macro_sql: block.fullBlock,
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
    }
  }
  made = { files, nodes };
  return nodes;
}

function macroName(type: string, name: string, text: string): string {
  if (type === 'test') return `test_${name}`;
  if (type === 'macro') return name;
  return `materialization_${name}_${/adapter\s*=\s*'(\w+)'/.exec(text)?.[1] ?? 'default'}`;
}
