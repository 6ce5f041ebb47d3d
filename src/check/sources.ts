import { loadSeed } from '../adapter/index.ts';
import { compileNode } from '../compile/index.ts';
import type { CompilableNode, SeedNode, SourceNode } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { answer, describe, READABLE, tableOf } from './engine.ts';
import { yamlPlace } from './locate/yaml-place.ts';
import { openSession } from './session.ts';
import type { Checking, Column, Finding, TypedNode } from './types.ts';

export interface Found extends TypedNode {
  readonly findings: readonly Finding[];
}

const UNKNOWN: TypedNode = { state: 'unknown', columns: [] };

/** The shadow of a source, typed by the `data_type` of its columns. */
export async function shadowSource(input: Checking, source: SourceNode): Promise<Found> {
  const columns = Object.values(source.columns);
  const untyped = columns.filter((column) => !column.data_type).map(({ name }) => name);
  const finding = (message: string, hint: string, column?: string): Finding => ({
    code: 'TSD4006',
    severity: 'warn',
    uniqueId: source.unique_id,
    subject: `source ${source.source_name}.${source.name}`,
    message,
    at: yamlPlace(
      source.original_file_path,
      input.readFile(source.package_name, source.original_file_path),
      column === undefined ? [source.name] : [source.name, column],
    ),
    hint,
  });
  if (columns.length === 0 || untyped.length > 0) {
    const what = untyped.length === columns.length ? 'its columns have no types' : `no type for ${untyped.join(', ')}`;
    return {
      ...UNKNOWN,
      findings: [finding(what, 'Give each of its columns a `data_type` in this file.', untyped[0])],
    };
  }
  const typed = columns.map(({ name, data_type }): Column => ({ name, type: data_type! }));
  const made = await answer(() => input.shadows.make(source.unique_id, tableOf(source.relation_name, typed, READABLE)));
  if (made.ok) {
    const known = await describe(input.engine, `select * from ${source.relation_name}`);
    if (known.ok) return { state: 'typed', columns: known.value, findings: [] };
    throw new Error(known.error.text);
  }
  const bad = columns.find(({ data_type }) => made.error.text.includes(data_type!))?.name;
  return { ...UNKNOWN, findings: [finding(made.error.text, 'Correct the `data_type`.', bad)] };
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
