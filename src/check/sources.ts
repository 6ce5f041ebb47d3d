import { loadSeed } from '../adapter/index.ts';
import { compileNode } from '../compile/index.ts';
import type { CompilableNode, SeedNode, SourceNode } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { type Answer, answer, describe, describeColumns, READABLE, tableOf } from './engine.ts';
import { yamlPlace } from './locate/yaml-place.ts';
import { openSession } from './session.ts';
import { schemaKey } from './source-schemas.ts';
import type { Checking, Column, Finding, TypedNode } from './types.ts';

export interface Found extends TypedNode {
  readonly findings: readonly Finding[];
}

const UNKNOWN: TypedNode = { state: 'unknown', columns: [] };

/** The shadow of a source, typed by what was pulled from a server, else by the `data_type` of its columns. */
export async function shadowSource(input: Checking, source: SourceNode, tested: ReadonlySet<string>): Promise<Found> {
  const pulled = input.schemas?.get(schemaKey(source));
  if (pulled !== undefined) return shadowPulled(input, source, pulled.columns, tested);
  const columns = Object.values(source.columns);
  const untyped = columns.filter((column) => !column.data_type).map(({ name }) => name);
  if (columns.length === 0 || untyped.length > 0) {
    const what = untyped.length === columns.length ? 'its columns have no types' : `no type for ${untyped.join(', ')}`;
    return { ...UNKNOWN, findings: [finding(input, source, what, PULL, untyped[0])] };
  }
  const typed = columns.map(({ name, data_type }): Column => ({ name, type: data_type! }));
  const made = await shadow(input, source, typed);
  if (made.ok) return { state: 'typed', columns: made.value, findings: [] };
  const bad = columns.find(({ data_type }) => made.error.text.includes(data_type!))?.name;
  return { ...UNKNOWN, findings: [finding(input, source, made.error.text, 'Correct the `data_type`.', bad)] };
}

const PULL =
  'Run `tsdbt check --pull` where its server can be reached, or give each of its columns a `data_type` here.';

/** The server's word holds; where YAML says other things of the table, that is said. */
async function shadowPulled(
  input: Checking,
  source: SourceNode,
  pulled: readonly Column[],
  tested: ReadonlySet<string>,
): Promise<Found> {
  const made = await shadow(input, source, pulled);
  if (!made.ok) return { ...UNKNOWN, findings: [finding(input, source, made.error.text, PULL)] };
  const there = new Map(
    [...pulled, ...made.value].map(({ name, type }) => [name, type.replace(/ (?:MATERIALIZED|ALIAS)$/, '')]),
  );
  const findings: Finding[] = [];
  for (const { name, data_type } of Object.values(source.columns)) {
    const type = there.get(name);
    const about = { subject: `source ${schemaKey(source)}.${name}` };
    if (type === undefined) {
      const severity = tested.has(name) ? 'error' : 'warn';
      const what = `it is ${tested.has(name) ? 'tested' : 'documented'}, but the table has no such column`;
      findings.push({ ...finding(input, source, what, REFRESH, name), ...about, code: 'TSD4004', severity });
    } else if (data_type && data_type !== type && (await canonical(input, name, data_type)) !== type)
      findings.push({
        ...finding(input, source, `${type}, documented as ${data_type}`, REFRESH, name),
        ...about,
        code: 'TSD4005',
      });
  }
  return { state: 'typed', columns: made.value, findings };
}

const REFRESH = '`tsdbt check --diff` compares with the server of today, `--pull` notes it anew.';

async function canonical({ engine }: Checking, name: string, type: string): Promise<string | undefined> {
  const known = await describeColumns(engine, [{ name, type }]);
  return known.ok ? known.value[0]?.type : undefined;
}

/** Its columns, as the engine writes their types. */
async function shadow(
  { engine, shadows }: Checking,
  { unique_id, relation_name }: SourceNode,
  columns: readonly Column[],
): Promise<Answer<readonly Column[]>> {
  const made = await answer(() => shadows.make(unique_id, tableOf(relation_name, columns.map(filled), READABLE)));
  return made.ok ? describe(engine, `select * from ${relation_name}`) : made;
}

/** What it is filled with does not matter where there are no rows. */
function filled({ name, type }: Column): Column {
  const bare = type.replace(/ (?:MATERIALIZED|ALIAS)$/, '');
  return { name, type: bare === type ? type : `${type} defaultValueOfTypeName('${bare.replace(/[\\']/g, '\\$&')}')` };
}

function finding({ readFile }: Checking, source: SourceNode, message: string, hint: string, column?: string): Finding {
  const { unique_id, original_file_path: file, package_name, name } = source;
  return {
    code: 'TSD4006',
    severity: 'warn',
    uniqueId: unique_id,
    subject: `source ${schemaKey(source)}`,
    message,
    at: yamlPlace(file, readFile(package_name, file), [
      source.source_name,
      name,
      ...(column === undefined ? [] : [column]),
    ]),
    hint,
  };
}

const DEFINITIONS = '{{ get_seed_column_definitions(model, agate_table) }}';

/** The shadow of a seed, with the types loading it would give. */
export async function shadowSeed(input: Checking, seed: SeedNode): Promise<Found> {
  const types = seed.config['column_types'];
  const configured = isDataMap(types) ? types : {};
  const table = await loadSeed(`${rootOf(input, seed.package_name)}/${seed.original_file_path}`, {
    delimiter: seed.config['delimiter'] as string | undefined,
    textColumns: Object.keys(configured),
  });
  const node = { ...seed, raw_code: DEFINITIONS, depends_on: { macros: [], nodes: [] } } as unknown as CompilableNode;
  const session = openSession(input, node);
  const extras = new Map([['agate_table', table]]);
  const { compiled_code: list = '' } = await compileNode(input.compiler, node, session.facade, extras);
  const relation = seed.relation_name ?? '';
  await input.shadows.make(seed.unique_id, `create table ${relation} (${list}) ${READABLE}`);
  const known = await describe(input.engine, `select * from ${relation}`);
  if (!known.ok) throw new Error(known.error.text);
  return { state: 'typed', columns: known.value, findings: [] };
}

function rootOf({ compiler }: Checking, packageName: string): string {
  const { packages, rootPackage } = compiler.input.environment;
  return (packages.find(({ name }) => name === packageName) ?? rootPackage).root;
}
