import { TsdbtError } from '../error/index.ts';
import { fromData, type Value } from '../jinja/index.ts';
import type { CompilableNode, ModelNode, UnitTestFixture, UnitTestNode } from '../model/index.ts';
import type { Compiler } from './compiler.ts';

/** Under this name a fixture's template finds its rows. */
export const ROWS = '_unit_test_rows';
/** Under this name the fixture of `this` finds the model's SQL of a first build. */
export const FIRST_BUILD = '_unit_test_first_build';

const FIXTURE = `{{ get_fixture_sql(${ROWS}, none) }}`;
const THIS_FIXTURE = `{{ get_fixture_sql(${ROWS}, column_types_of_this(${FIRST_BUILD})) }}`;

/** An input of a unit test: the name its rows go by in the statement, and the node that types them. */
export interface Input {
  readonly cteIdentifier: string;
  readonly node: CompilableNode;
  /** A list of rows, or SQL. */
  readonly rows: Value;
}

/** One entry of `given`: the unique_id it stands for, and what it gives. */
export function resolveInput(
  compiler: Compiler,
  test: UnitTestNode,
  tested: ModelNode,
  given: UnitTestFixture,
): [string, Input] {
  const rows = given.format === 'sql' ? String(given.rows) : fromData(given.rows);
  if (given.input.trim() === 'this') {
    return [
      tested.unique_id,
      { cteIdentifier: tested.alias, node: { ...fixtureNode(tested, tested), raw_code: THIS_FIXTURE }, rows },
    ];
  }
  const call = /^\s*(ref|source)\s*\(([\s\S]*)\)\s*$/.exec(given.input);
  const args = [...(call?.[2] ?? '').matchAll(/(?:(\w+)\s*=\s*)?(?:'([^']*)'|"([^"]*)"|([\w.]+))/g)].map((match) => ({
    key: match[1],
    value: match[2] ?? match[3] ?? match[4] ?? '',
  }));
  const positional = args.filter((arg) => arg.key === undefined).map((arg) => arg.value);
  if (call?.[1] === 'source') {
    const source = compiler.lookup.source(tested.package_name, positional[0] ?? '', positional[1] ?? '');
    if (source === undefined) throw unknownInput(test, given.input);
    const node = fixtureNode(tested, { ...source, alias: source.identifier });
    return [source.unique_id, { cteIdentifier: `${source.source_name}__${source.name}`, node, rows }];
  }
  const version = args.find((arg) => arg.key === 'v' || arg.key === 'version')?.value ?? null;
  const [first, second] = positional;
  const node = compiler.lookup.ref(
    tested.package_name,
    second === undefined ? null : (first ?? null),
    second ?? first ?? '',
    version,
  );
  if (call === null || node === undefined) throw unknownInput(test, given.input);
  return [node.unique_id, { cteIdentifier: node.alias, node: fixtureNode(tested, node), rows }];
}

/** A model that is nothing but its rows; its own relation is the real input's, whose columns type the rows. */
function fixtureNode(
  tested: ModelNode,
  input: {
    readonly database: string;
    readonly schema: string;
    readonly alias: string;
    readonly name: string;
    readonly unique_id: string;
    readonly package_name: string;
  },
): CompilableNode {
  return {
    ...tested,
    database: input.database,
    schema: input.schema,
    alias: input.alias,
    name: input.name,
    unique_id: input.unique_id,
    package_name: input.package_name,
    config: { ...tested.config, materialized: 'ephemeral' },
    depends_on: { macros: [], nodes: [] },
    raw_code: FIXTURE,
  };
}

function unknownInput(test: UnitTestNode, input: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD2005',
    message: `Unit test '${test.name}' had an input (${input}) which was not found in the manifest.`,
    at: { file: test.original_file_path, line: 1, col: 0 },
    hint: "Inputs are written as ref('model'), source('source', 'table') or this.",
  });
}
