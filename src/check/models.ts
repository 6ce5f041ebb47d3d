import type { DatabaseErrorInfo, NodeSession } from '../adapter/index.ts';
import { compileNode, type MappedSql, mappedNode } from '../compile/index.ts';
import { type At, isTsdbtError } from '../error/index.ts';
import type { CompilableNode } from '../model/index.ts';
import { compareBranches, compareWithYaml, filledColumns, inTemplate, missingKeys } from './columns.ts';
import { answer, describeColumns, tableOf, understand } from './engine.ts';
import { withKeys } from './lineage/keys.ts';
import { bothLineages, lineageOf } from './lineage/node-lineage.ts';
import { lintFindings } from './lint-findings.ts';
import { type Blamed, blame, namedIn } from './locate/blame.ts';
import { culprit } from './locate/culprit.ts';
import { codePlace, templatePlace, type Written, written } from './locate/place.ts';
import { resultColumns } from './locate/result-column.ts';
import { unequalBranch } from './locate/union.ts';
import { hintOf, messageOf } from './refusal.ts';
import { openSession } from './session.ts';
import type { Found } from './sources.ts';
import type { Checking, Column, Finding, NodeLineage, Origin } from './types.ts';

/** One node while it is checked. */
export interface Work {
  readonly input: Checking;
  readonly node: CompilableNode;
  readonly session: NodeSession;
  readonly source: Written;
  /** Columns that tests of this node name. */
  readonly tested: ReadonlySet<string>;
}

const SNAPSHOT = `{%- set strategy = strategy_dispatch(config.get('strategy'))(model, 'snapshotted_data', 'source_data', model['config'], false) -%}
{{ build_snapshot_table(strategy, model['compiled_code']) }}`;
const SETTINGS = '{{ adapter.get_model_query_settings(model) }}';
const CLAUSES = '{{ clickhouse__table_clauses() }}';
const NOW_IT_IS_THERE = `{% do adapter.cache_added(api.Relation.create(
  database=this.database, schema=this.schema, identifier=this.identifier, type='table')) %}`;
const TABLES = new Set(['table', 'incremental', 'materialized_view', 'distributed_table', 'distributed_incremental']);

/** Types a model, snapshot or test by the engine, and leaves a shadow with its columns for those that read it. */
export async function typeNode(input: Checking, node: CompilableNode, tested: ReadonlySet<string>): Promise<Found> {
  const work = workOn(input, node, tested);
  const first = await typed(work);
  if (first.state !== 'typed' || node.resource_type === 'test') return first;
  const findings = [
    ...first.findings,
    ...(await compareWithYaml(work, first.columns)),
    ...missingKeys(work, first.columns),
  ];
  const shadow = await makeShadow(work, first.columns);
  findings.push(...shadow);
  const columns = await shadowColumns(work, first.columns);
  if (!String(node.config.materialized).endsWith('incremental')) return { ...first, columns, findings };
  const second = await typed(work, true);
  findings.push(...(await secondRunFindings(work, first.columns, second)).filter(isNew(findings)));
  return { ...first, columns, lineage: bothLineages(first.lineage, second.lineage), findings };
}

function workOn(input: Checking, node: CompilableNode, tested: ReadonlySet<string>): Work {
  const contents = input.readFile(node.package_name, node.original_file_path);
  const source = written(node.original_file_path, node.raw_code, contents);
  return { input, node, session: openSession(input, node), source, tested };
}

const FUNCTION = "{{ scalar_function_sql(this.incorporate(type='function')) }}";

/** Makes a function of the project in the engine, for those that call it. */
export async function makeFunction(input: Checking, node: CompilableNode): Promise<Found> {
  const work = workOn(input, node, new Set());
  const compiled = await compileNode(input.compiler, node, work.session.facade);
  const made = await answer(async () => input.shadows.make(node.unique_id, await snippet(work, FUNCTION, compiled)));
  if (made.ok) return { state: 'typed', columns: [], findings: [] };
  return { state: 'broken', columns: [], findings: [await refused(work, made.error)] };
}

/** Templates that ask for the relation of a node find it: its shadow was made without the node being typed. */
export async function itIsThere(input: Checking, id: string): Promise<void> {
  const node = input.compiler.input.manifest.nodes[id];
  if (node?.resource_type !== 'model' && node?.resource_type !== 'snapshot') return;
  await snippet(workOn(input, node, new Set()), NOW_IT_IS_THERE);
}

/** Both branches are often wrong in the same way. */
function isNew(findings: readonly Finding[]): (finding: Finding) => boolean {
  const told = new Set(findings.map(({ code, message }) => `${code} ${message}`));
  return ({ code, message }) => !told.has(`${code} ${message}`);
}

/** The columns of what the node's SQL gives, as things are. */
async function typed(work: Work, isIncrement = false): Promise<Found> {
  const { input, node, session } = work;
  const bad = (finding: Finding | undefined, state: Found['state']): Found => ({
    state,
    columns: [],
    findings: finding === undefined ? [] : [finding],
  });
  let mapped: MappedSql;
  try {
    mapped = await mappedNode(input.compiler, node, session.facade);
    if (node.resource_type === 'snapshot') {
      const sql = await snippet(work, SNAPSHOT, { ...node, compiled_code: mapped.sql });
      mapped = { sql, lines: [] };
    }
  } catch (error) {
    if (!isTsdbtError(error)) throw error;
    const asked = input.asked.has(node.unique_id);
    return bad(
      {
        ...about(work, 'TSD4008', error.message, error.at ?? codePlace(work.source, /$^/)),
        severity: asked ? 'warn' : 'error',
        hint: asked ? EMPTY_HERE : error.hint,
      },
      asked ? 'unknown' : 'broken',
    );
  }
  const settings = await snippet(work, SETTINGS);
  const understood = await understand(input.engine, mapped.sql, settings);
  if (understood.ok) {
    const { columns } = understood.value;
    const findings = [...provisional(work), ...(await lintFindings(work, understood.value, isIncrement))];
    const lineage = withKeys(node, lineageOf(input, node, understood.value));
    return { state: 'typed', columns, lineage: withPlaces(work, mapped, lineage), findings };
  }
  return bad(await refused(work, understood.error), 'broken');
}

/** Each column with where it is written. */
function withPlaces({ source }: Work, mapped: MappedSql, lineage: NodeLineage): NodeLineage {
  const places = resultColumns(mapped.sql, [...lineage.columns.keys()]);
  const columns = [...lineage.columns].map(([name, origin]): [string, Origin] => {
    const { offset = -1, expression } = places.get(name) ?? {};
    const line = offset < 0 ? undefined : mapped.lines[mapped.sql.slice(0, offset).split('\n').length - 1];
    return [name, { ...origin, line: line === undefined ? undefined : line + source.firstLine - 1, expression }];
  });
  return { ...lineage, columns: new Map(columns) };
}

const EMPTY_HERE = 'It asks the database while it is compiled, and here every table is empty.';

/** Rows may have made other SQL of it: that is said once, where no more can be known. */
function provisional(work: Work): readonly Finding[] {
  const asked = work.input.asked.get(work.node.unique_id)?.trim().replace(/\s+/g, ' ');
  if (asked === undefined) return [];
  const message = `checked as empty tables make it: ${asked.length > 80 ? `${asked.slice(0, 79)}…` : asked}`;
  const at = codePlace(work.source, /\b(?:run_query|statement|dbt_utils)\b/);
  return [{ ...about(work, 'TSD4009', message, at, EMPTY_HERE), severity: 'warn' }];
}

/** SQL the engine refuses, at the place in the template its message is about. */
async function refused(work: Work, error: DatabaseErrorInfo): Promise<Finding> {
  const { input, node, session, source } = work;
  const mapped = await mappedNode(input.compiler, node, session.facade);
  const lines = mapped.sql.split('\n');
  const { position } = error;
  const named = position === undefined ? await blamed(work, mapped.sql, error) : undefined;
  let at: At = codePlace(source, /$^/);
  if (position !== undefined && position.line - 2 < lines.length) {
    const offset =
      lines.slice(0, position.line - 2).join('\n').length + Math.min(position.line - 2, 1) + position.col - 1;
    at = templatePlace(source, mapped, offset, /^\w+|\S/.exec(mapped.sql.slice(offset))?.[0] ?? '');
  } else if (named !== undefined) at = templatePlace(source, mapped, named.offset, named.text);
  else at = codePlace(source, new RegExp(`\\b${namedIn(error.text)?.replace(/\W/g, '.') ?? '$^'}\\b`));
  return about(work, 'TSD4002', messageOf(error), at, hintOf(error));
}

/** The table as the model itself would make it; where it cannot be made so, a plain one for those that read it. */
async function makeShadow(work: Work, columns: readonly Column[]): Promise<readonly Finding[]> {
  const { input, node } = work;
  const materialized = String(node.config.materialized);
  if (materialized === 'ephemeral' || node.relation_name === null) return [];
  const isTable = TABLES.has(materialized);
  const clauses = await snippet(work, isTable ? `${CLAUSES}${NOW_IT_IS_THERE}` : NOW_IT_IS_THERE);
  const wanted = await shadowColumns(work, columns);
  const filled = isTable ? filledColumns(Object.values(node.columns), wanted) : [];
  const engine = isTable ? clauses : 'engine = Memory';
  const table = tableOf(node.relation_name, [...wanted, ...filled], engine);
  const made = await answer(() => input.shadows.make(node.unique_id, table));
  if (made.ok) return [];
  // A view may have columns that no table can; readers get a view then.
  const view = `create view ${node.relation_name} as ${selectOf(wanted)}`;
  const seen = await answer(() => input.shadows.make(node.unique_id, view));
  if (seen.ok && !isTable) return [];
  return [about(work, 'TSD4003', messageOf(made.error), await clausePlace(work, made.error), hintOf(made.error))];
}

function selectOf(columns: readonly Column[]): string {
  const list = columns.map(({ name, type }) => {
    const value = type.includes('Nothing') ? 'null' : `defaultValueOfTypeName('${type.replace(/[\\']/g, '\\$&')}')`;
    return `${value} as \`${name.replace(/[\\`]/g, '\\$&')}\``;
  });
  return `select ${list.join(', ')}`;
}

/** What readers see: a dictionary has the fields it declares, everything else the columns of its query. */
async function shadowColumns({ input, node }: Work, columns: readonly Column[]): Promise<readonly Column[]> {
  const { fields } = node.config;
  if (node.config.materialized !== 'dictionary' || !Array.isArray(fields)) return columns;
  const declared = fields.map(([name, type]): Column => ({ name: String(name), type: String(type) }));
  const known = await describeColumns(input.engine, declared);
  return known.ok ? known.value : declared;
}

/** What is wrong with the SQL that adds to a table that is there, which the shadow now is. */
async function secondRunFindings(work: Work, first: readonly Column[], second: Found): Promise<readonly Finding[]> {
  if (second.state === 'typed') return [...(await compareBranches(work, first, second.columns)), ...second.findings];
  return second.findings.map((finding) => ({ ...finding, message: `when it adds to its table: ${finding.message}` }));
}

/** The piece of the SQL that a message is about; of several calls of one function that which is refused. */
async function blamed({ input, node }: Work, sql: string, error: DatabaseErrorInfo): Promise<Blamed | undefined> {
  if (error.text.includes('UNION different number of columns')) return unequalBranch(sql);
  const name = namedIn(error.text);
  const said = messageOf(error);
  const complains = async (changed: string): Promise<boolean> => {
    const again = await understand(input.engine, changed);
    return !again.ok && messageOf(again.error) === said;
  };
  const one = name === undefined || node.resource_type === 'snapshot' ? undefined : await culprit(sql, name, complains);
  return one ?? blame(error.text, sql);
}

const CLAUSE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/UNKNOWN_STORAGE|table engine|[Vv]ersion column|Sign column/, 'engine'],
  [/[Pp]artition|toYYYYMM/, 'partition_by'],
  [/[Pp]rimary key/, 'primary_key'],
  [/\bTTL\b/, 'ttl'],
  [/[Ss]orting key/, 'order_by'],
  [/setting/, 'settings'],
];

/** The word of the model's config() that the engine objects to, as far as it stands in the model's file; else the column. */
async function clausePlace(work: Work, error: DatabaseErrorInfo): Promise<At> {
  const { source } = work;
  const config = source.code.slice(0, source.code.indexOf('}}') + 1);
  const name = namedIn(error.text);
  const named = name?.replace(/\W/g, '.');
  if (named !== undefined && new RegExp(`\\b${named}\\b`).test(config)) {
    return codePlace(source, new RegExp(`\\b${named}\\b`));
  }
  const word = CLAUSE_WORDS.find(([pattern]) => pattern.test(`${error.name} ${error.text}`))?.[1];
  if (word === undefined && name !== undefined) return inTemplate(work, name);
  return codePlace(source, new RegExp(`\\b(?:${word ?? 'order_by'})\\b|\\bconfig\\b`));
}

/** A text of the node's own words, such as the clauses of its table. */
async function snippet({ input, session, node }: Work, code: string, over: CompilableNode = node): Promise<string> {
  return (await compileNode(input.compiler, { ...over, raw_code: code }, session.facade)).compiled_code ?? '';
}

export function about(work: Work, code: Finding['code'], message: string, at: At, hint?: string): Finding {
  const { unique_id, name } = work.node;
  return { code, severity: 'error', uniqueId: unique_id, subject: name, message, at, hint };
}
