import type { SyncDefinition } from '../types.ts';
import type { PlannedColumn } from './columns.ts';
import { viewStatements } from './front.ts';
import { fitName, quoteName, quoteText, type TableName } from './names.ts';
import { tableToAlter } from './partition.ts';
import { parsePostgresType } from './postgres-type.ts';
import type { TargetShape } from './shape.ts';

/** The statements of one transaction that takes the loaded rows over. */
export interface MergePlan {
  readonly prepare: readonly string[];
  readonly write: string;
  readonly remove: string | undefined;
  readonly finish: readonly string[];
  readonly problems: readonly string[];
}

/** Where a sync keeps its high-water mark: beside the target, so that both change in one transaction. */
export function stateTable({ table }: SyncDefinition): TableName {
  return { schema: table.schema, name: 'tsdbt_sync_state' };
}

/** The keys of the rows that a mirror wrote: it takes away no others. */
export function writtenTable({ table }: SyncDefinition): TableName {
  return { schema: table.schema, name: fitName(table.name, '_tsdbt_written') };
}

/** Merges the table `temporary`, whose columns are `columns`, into a target that exists. */
export function planMerge(
  definition: SyncDefinition,
  temporary: TableName,
  columns: readonly PlannedColumn[],
  target: TargetShape,
  mark: string | undefined,
): MergePlan {
  const table = tableToAlter(definition);
  const added = columns.filter((column) => column.added);
  return {
    prepare: [
      ...definition.hooks.before,
      ...added.map((column) => `alter table ${table} add column ${quoteName(column.name)} ${column.type}`),
      ...(added.length > 0 ? viewStatements(definition, target, true) : []),
      ...(definition.mode === 'mirror' ? [createWritten(definition, temporary)] : []),
    ],
    write: writeSql(definition, temporary, columns),
    remove: definition.mode === 'mirror' ? removeSql(definition, temporary) : undefined,
    finish: [
      ...(definition.mode === 'mirror' ? noteWritten(definition, temporary) : []),
      ...noteMark(definition, mark),
      ...definition.hooks.after,
      `drop table ${quoteName(temporary)}`,
    ],
    problems: keyProblems(definition, target),
  };
}

/** What the first load, which makes the target, adds to its transaction. */
export function firstLoadStatements(definition: SyncDefinition, mark: string | undefined): string[] {
  if (definition.mode === 'swap') return [];
  const written =
    definition.mode === 'mirror'
      ? [createWritten(definition, definition.table), ...noteWritten(definition, definition.table)]
      : [];
  return [...written, ...noteMark(definition, mark)];
}

function writeSql(definition: SyncDefinition, temporary: TableName, columns: readonly PlannedColumn[]): string {
  const { key } = definition;
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  const insert = `insert into ${quoteName(definition.table)} as t (${names}) select ${names} from ${quoteName(temporary)}`;
  if (key.length === 0) return insert;
  const conflict = `${insert} on conflict (${key.map((name) => quoteName(name)).join(', ')})`;
  const others = columns.filter((column) => !key.includes(column.name));
  if (definition.mode === 'append' || others.length === 0) return `${conflict} do nothing`;
  const set = others.map(({ name }) => `${quoteName(name)} = excluded.${quoteName(name)}`).join(', ');
  const row = (of: string) => others.map((column) => comparable(of, column)).join(', ');
  return `${conflict} do update set ${set} where (${row('t')}) is distinct from (${row('excluded')})`;
}

/** These types have no equality. */
const INCOMPARABLE = new Set(['json', 'point', 'xml']);

export function comparable(of: string, column: PlannedColumn): string {
  const name = `${of}.${quoteName(column.name)}`;
  return INCOMPARABLE.has(parsePostgresType(column.type).name) ? `${name}::text` : name;
}

export function sameKey({ key }: SyncDefinition, a: string, b: string): string {
  return key.map((name) => `${a}.${quoteName(name)} = ${b}.${quoteName(name)}`).join(' and ');
}

function removeSql(definition: SyncDefinition, temporary: TableName): string {
  return `delete from ${quoteName(definition.table)} t using ${quoteName(writtenTable(definition))} w
    where ${sameKey(definition, 't', 'w')} and not exists (select from ${quoteName(temporary)} n where ${sameKey(definition, 'n', 'w')})`;
}

function createWritten(definition: SyncDefinition, from: TableName): string {
  const written = writtenTable(definition);
  const key = definition.key.map((name) => quoteName(name)).join(', ');
  const index = quoteName(fitName(written.name, '_key'));
  return `create table if not exists ${quoteName(written)} as select ${key} from ${quoteName(from)} with no data;
    create unique index if not exists ${index} on ${quoteName(written)} (${key})`;
}

function noteWritten(definition: SyncDefinition, from: TableName): string[] {
  const written = quoteName(writtenTable(definition));
  const key = definition.key.map((name) => quoteName(name)).join(', ');
  return [
    `delete from ${written} w where not exists (select from ${quoteName(from)} n where ${sameKey(definition, 'n', 'w')})`,
    `insert into ${written} (${key}) select ${key} from ${quoteName(from)} on conflict do nothing`,
  ];
}

function noteMark(definition: SyncDefinition, mark: string | undefined): string[] {
  if (mark === undefined) return [];
  const state = quoteName(stateTable(definition));
  return [
    `create table if not exists ${state} (sync text primary key, high_water text not null, finished_at timestamptz not null)`,
    `insert into ${state} values (${quoteText(definition.name)}, ${quoteText(mark)}, now())
      on conflict (sync) do update set high_water = excluded.high_water, finished_at = excluded.finished_at`,
  ];
}

/** ON CONFLICT finds a row by a unique index over just the key; one with a condition is none. */
function keyProblems({ key, table }: SyncDefinition, target: TargetShape): string[] {
  if (key.length === 0) return [];
  const wanted = [...key].sort().join(',');
  const fits = target.indexes.some(({ unique, tail }) => {
    const columns = /^ USING btree \(([^()]*)\)$/.exec(tail)?.[1];
    const names = columns?.split(', ').map((name) => name.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
    return unique && names?.sort().join(',') === wanted;
  });
  return fits ? [] : [`${table.schema}.${table.name} has no unique index on its key (${key.join(', ')})`];
}
