import { mappedNode } from '../compile/index.ts';
import type { At } from '../error/index.ts';
import type { ColumnInfo } from '../model/index.ts';
import { describeColumns } from './engine.ts';
import { codePlace, templatePlace } from './locate/place.ts';
import { resultColumn } from './locate/result-column.ts';
import { patchFile, typePlace, yamlPlace } from './locate/yaml-place.ts';
import { about, type Work } from './models.ts';
import type { Column, Finding } from './types.ts';

const FILLED = ['default', 'materialized', 'alias'] as const;

/** Whether the table itself has an expression for the column, so that the query need not give it. */
function isFilledByTable(column: ColumnInfo): boolean {
  return FILLED.some((key) => column[key] !== undefined && column[key] !== null);
}

/** The columns a table has beyond those of its query, as its CREATE has them: the expression stands behind the type. */
export function filledColumns(described: readonly ColumnInfo[], given: readonly Column[]): readonly Column[] {
  const names = new Set(given.map(({ name }) => name));
  return described
    .filter((column) => isFilledByTable(column) && !names.has(column.name))
    .map((column) => {
      const key = FILLED.find((one) => column[one] !== undefined && column[one] !== null)!;
      return { name: column.name, type: `${column.data_type ?? ''} ${key.toUpperCase()} ${String(column[key])}` };
    });
}

/** What YAML says of the columns against those the SQL gives: a contract is kept, what is documented or tested is there. */
export async function compareWithYaml(work: Work, columns: readonly Column[]): Promise<readonly Finding[]> {
  const { node } = work;
  const contract = 'contract' in node && node.contract.enforced;
  const found = new Map(columns.map((column) => [column.name, column]));
  const findings: Finding[] = [];
  for (const wanted of Object.values(node.columns)) {
    const column = found.get(wanted.name);
    if (column === undefined) {
      if (!isFilledByTable(wanted)) findings.push(missing(work, wanted, contract, columns));
    } else if (wanted.data_type && wanted.data_type !== column.type)
      findings.push(...(await retyped(work, wanted, column, contract)));
  }
  for (const name of work.tested) {
    if (!found.has(name) && node.columns[name] === undefined) findings.push(missing(work, { name }, false, columns));
  }
  if (contract) {
    for (const column of columns) if (node.columns[column.name] === undefined) findings.push(await extra(work, column));
  }
  return findings;
}

function missing(
  work: Work,
  { name }: Pick<ColumnInfo, 'name'>,
  contract: boolean,
  columns: readonly Column[],
): Finding {
  const tested = work.tested.has(name);
  const like = columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name;
  const what = contract ? 'the contract names it' : tested ? 'it is tested' : 'it is documented';
  return {
    ...about(work, contract ? 'TSD4001' : 'TSD4004', `${what}, but the model does not produce it`, inYaml(work, name)),
    subject: `${work.node.name}.${name}`,
    severity: contract || tested ? 'error' : 'warn',
    hint: like === undefined ? undefined : `There is ${like}: names differ by case.`,
  };
}

async function retyped(work: Work, wanted: ColumnInfo, column: Column, contract: boolean): Promise<readonly Finding[]> {
  const says = contract ? 'contract says' : 'documented as';
  const [type = wanted.data_type!] = await canonical(work, wanted);
  if (type === column.type) return [];
  const at = contract ? await inTemplate(work, column.name) : inYaml(work, wanted.name, typePlace);
  return [
    {
      ...about(work, contract ? 'TSD4001' : 'TSD4005', `${column.type}, ${says} ${wanted.data_type}`, at),
      subject: `${work.node.name}.${column.name}`,
      severity: contract ? 'error' : 'warn',
    },
  ];
}

/** The type as the engine writes it: `INT` is Int32. */
async function canonical({ input }: Work, { name, data_type }: ColumnInfo): Promise<readonly string[]> {
  const answer = await describeColumns(input.engine, [{ name, type: data_type! }]);
  return answer.ok ? answer.value.map(({ type }) => type) : [];
}

async function extra(work: Work, { name, type }: Column): Promise<Finding> {
  const message = `${type}, a column the contract does not name`;
  const hint = 'Add it to the columns in YAML, or leave it out of the query.';
  return {
    ...about(work, 'TSD4001', message, await inTemplate(work, name), hint),
    subject: `${work.node.name}.${name}`,
  };
}

/** The two branches of is_incremental() must give the same table, or on_schema_change must say what happens. */
export async function compareBranches(
  work: Work,
  first: readonly Column[],
  second: readonly Column[],
): Promise<readonly Finding[]> {
  const before = new Map(first.map(({ name, type }) => [name, type]));
  const after = new Map(second.map(({ name, type }) => [name, type]));
  const differences = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  const onChange = String(work.node.config['on_schema_change'] ?? 'ignore');
  const findings: Finding[] = [];
  for (const name of differences) {
    const [was, is] = [before.get(name) ?? 'missing', after.get(name) ?? 'missing'];
    const hint = `on_schema_change is '${onChange}'.`;
    const message = `${was} on the first run, ${is} when it adds to its table`;
    const finding = about(work, 'TSD4007', message, await inTemplate(work, name), hint);
    findings.push({
      ...finding,
      subject: `${work.node.name}.${name}`,
      severity: onChange === 'fail' ? 'error' : 'warn',
    });
  }
  return findings;
}

/** Columns by which rows are told again, and that the query does not give. */
export function missingKeys(work: Work, columns: readonly Column[]): readonly Finding[] {
  const { resource_type, config } = work.node;
  if (resource_type !== 'snapshot' && !String(config.materialized).endsWith('incremental')) return [];
  const given = config['unique_key'];
  const keys = (Array.isArray(given) ? given : [given]).filter(
    (key) => typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key),
  );
  const names = new Set(columns.map(({ name }) => name));
  return keys
    .filter((key) => !names.has(key))
    .map((key) => {
      const at = codePlace(work.source, new RegExp(`\\b${key}\\b`));
      return about(work, 'TSD4003', `unique_key names ${key}, which the query does not give`, at);
    });
}

export async function inTemplate({ input, node, session, source }: Work, column: string): Promise<At> {
  const mapped = await mappedNode(input.compiler, node, session.facade);
  const named = resultColumn(mapped.sql, column);
  return named === undefined ? codePlace(source, /$^/) : templatePlace(source, mapped, named.offset, named.text);
}

function inYaml({ input, node, source }: Work, column: string, place = yamlPlace): At {
  const file = patchFile(node.patch_path);
  if (file === undefined) return codePlace(source, /$^/);
  return place(file, input.readFile(node.package_name, file), [node.name, column]);
}
