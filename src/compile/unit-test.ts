import { dirname, join } from 'node:path/posix';
import { type RuntimeInput, withOwner } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { Step, Value } from '../jinja/index.ts';
import type { CompilableNode, ModelNode, UnitTestNode } from '../model/index.ts';
import { type DataMap, isDataMap } from '../util/data.ts';
import { type Compiler, type Extras, render, runtimeContext, withCompiled } from './compiler.ts';
import { type Cte, cteSql, injectCtes } from './inject.ts';
import { ephemeralRelation } from './resolver.ts';
import { FIRST_BUILD, type Input, ROWS, resolveInput } from './unit-inputs.ts';

type Overrides = NonNullable<RuntimeInput['overrides']>;

/**
 * The tested model's SQL over the rows the test gives, as a node whose materialization is `unit`.
 * Every input becomes a common table expression; an input the model reads and the test does not give is an error.
 */
export function* compileUnitTest(compiler: Compiler, test: UnitTestNode, adapter: Value): Step<CompilableNode> {
  const tested = testedModel(compiler, test);
  const inputs = new Map(test.given.map((given) => resolveInput(compiler, test, tested, given)));
  const work: Work = { compiler, test, tested, inputs, adapter, node: unitNode(test, tested) };
  const overrides = overridesOf(test);
  const { own, used } = yield* renderOver(work, overrides, inputs.has(tested.unique_id));
  const extras: Map<string, Value> = new Map();
  if (used.has(tested.unique_id)) extras.set(FIRST_BUILD, yield* firstBuildSql(work, overrides));
  return withCompiled(compiler.input, work.node, own, yield* fixtures(work, used, extras));
}

interface Work {
  readonly compiler: Compiler;
  readonly test: UnitTestNode;
  readonly tested: ModelNode;
  readonly inputs: ReadonlyMap<string, Input>;
  readonly adapter: Value;
  readonly node: CompilableNode;
}

/** Renders the model with its inputs in place of what it reads; tells which of them it used. */
function* renderOver(work: Work, overrides: Overrides, withThis: boolean): Step<{ own: string; used: Set<string> }> {
  const { compiler, test, tested, inputs, adapter, node } = work;
  const used = new Set<string>();
  const use = (id: string, call: string): Value => {
    const input = inputs.get(id);
    if (input === undefined) throw missingInput(test, call);
    used.add(id);
    return ephemeralRelation(compiler.input.environment, input.cteIdentifier);
  };
  const resolve: RuntimeInput['resolve'] = {
    ref(packageName, name, version) {
      const found = compiler.lookup.ref(tested.package_name, packageName, name, version);
      return use(found?.unique_id ?? name, `ref('${name}')`);
    },
    source(sourceName, tableName) {
      const found = compiler.lookup.source(tested.package_name, sourceName, tableName);
      return use(found?.unique_id ?? tableName, `source('${sourceName}', '${tableName}')`);
    },
  };
  const self: Extras = withThis ? new Map([['this', use(tested.unique_id, 'this')]]) : new Map();
  const own = yield* render(node, runtimeContext(compiler.input, node, adapter, self, resolve, overrides));
  return { own, used };
}

/** The model as it is built when its table does not exist: what types the rows given for `this` until it does. */
function* firstBuildSql(work: Work, overrides: Overrides): Step<string> {
  const first = { ...overrides, macros: { ...overrides.macros, is_incremental: false } };
  const { own, used } = yield* renderOver(work, first, false);
  return injectCtes(own, yield* fixtures(work, used, new Map()));
}

function* fixtures({ compiler, inputs, adapter, test }: Work, used: Iterable<string>, extras: Extras): Step<Cte[]> {
  const ctes: Cte[] = [];
  for (const id of used) {
    const { node, rows, cteIdentifier } = inputs.get(id)!;
    let sql: string;
    try {
      sql =
        typeof rows === 'string'
          ? rows
          : yield* render(node, compiler.context(node, adapter, new Map([...extras, [ROWS, rows]])));
    } catch (error) {
      // What cannot be typed is the input, which stands in the test's file.
      throw withOwner(error, { resource_type: 'model', name: node.name, original_file_path: test.original_file_path });
    }
    ctes.push({ id, sql: cteSql(cteIdentifier, sql) });
  }
  return ctes;
}

function testedModel(compiler: Compiler, test: UnitTestNode): ModelNode {
  const id = test.depends_on.nodes[0];
  const node = id === undefined ? undefined : compiler.input.manifest.nodes[id];
  if (node?.resource_type === 'model') return node;
  throw new TsdbtError({
    code: 'TSD1103',
    message: `Unit test '${test.name}' is of model '${test.model}', which was not found`,
    at: { file: test.original_file_path, line: 1, col: 0 },
  });
}

function unitNode(test: UnitTestNode, tested: ModelNode): CompilableNode {
  const expectsSql = test.expect.format === 'sql';
  const file = test.original_file_path;
  return {
    ...tested,
    // Templates ask for it; beside its kind the node is a model's.
    resource_type: 'unit_test' as string as 'model',
    name: test.name,
    alias: test.name,
    unique_id: test.unique_id,
    package_name: test.package_name,
    path: join(dirname(file), `${test.name}.sql`),
    original_file_path: file,
    config: {
      ...tested.config,
      materialized: 'unit',
      expected_rows: expectsSql ? [] : test.expect.rows,
      expected_sql: expectsSql ? test.expect.rows : null,
    },
  };
}

function overridesOf(test: UnitTestNode): Overrides {
  const given = test.overrides ?? {};
  const env = Object.entries(mapOf(given['env_vars'])).map(([name, value]) => [name, String(value)]);
  return { macros: mapOf(given['macros']), vars: mapOf(given['vars']), env_vars: Object.fromEntries(env) };
}

function mapOf(value: unknown): DataMap {
  return isDataMap(value) ? value : {};
}

function missingInput(test: UnitTestNode, call: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD2005',
    message: `Unit test '${test.name}': model '${test.model}' reads ${call}, for which the test gives no rows`,
    at: { file: test.original_file_path, line: 1, col: 0 },
    hint: `Add it under \`given:\` with \`input: ${call}\`; \`rows: []\` stands for an empty table.`,
  });
}
