import type { SyncDefinition } from '../types.ts';
import type { PlannedColumn } from './columns.ts';
import { quoteName, quoteText, type TableName } from './names.ts';
import type { TargetShape } from './shape.ts';

/** Statements that make the table to load, in the transaction that fills it (COPY FREEZE asks for that). */
export function createStatements(
  definition: SyncDefinition,
  temporary: TableName,
  columns: readonly PlannedColumn[],
  target: TargetShape | undefined,
): string[] {
  const table = quoteName(temporary);
  const statements: string[] = [];
  const { id } = definition;
  if (id) statements.push(`create sequence if not exists ${quoteName(id.sequence)}`);
  if (target) {
    statements.push(
      `create table ${table} (like ${quoteName(definition.table)} including all excluding indexes excluding statistics)${placeOf(target)}`,
      ...columns
        .filter((column) => column.added)
        .map((column) => `alter table ${table} add column ${quoteName(column.name)} ${column.type}`),
    );
    statements.push(
      ...columns
        .filter((column) => column.widenedFrom !== undefined)
        .map((column) => `alter table ${table} alter column ${quoteName(column.name)} type ${column.type}`),
    );
    for (const column of target.columns.filter((one) => one.identity)) {
      statements.push(continueIdentity(definition.table, temporary, column.name));
    }
    if (target.options.length > 0) statements.push(`alter table ${table} set (${optionList(target.options)})`);
  } else {
    const lines = columns
      .filter((column) => column.name !== id?.column)
      .map((column) => `${quoteName(column.name)} ${column.type}`);
    const first = id ? [`${quoteName(id.column)} bigint not null`] : [];
    statements.push(`create table ${table} (${[...first, ...lines].join(', ')})`);
    if (definition.description) statements.push(`comment on table ${table} is ${quoteText(definition.description)}`);
  }
  if (id)
    statements.push(`alter table ${table} alter column ${quoteName(id.column)} set default ${nextId(id.sequence)}`);
  return statements;
}

/** LIKE takes neither over. */
function placeOf({ method, tablespace }: TargetShape): string {
  const using = method === null ? '' : ` using ${quoteName(method)}`;
  return tablespace === null ? using : `${using} tablespace ${quoteName(tablespace)}`;
}

/** LIKE gives an identity column a new sequence, which would number the rows from the start again. */
function continueIdentity(table: TableName, temporary: TableName, column: string): string {
  const sequence = (of: TableName) => `pg_get_serial_sequence(${quoteText(quoteName(of))}, ${quoteText(column)})`;
  const sql = "'select setval(%L, last_value, is_called) from %s'";
  return `do ${quoteText(`begin execute format(${sql}, ${sequence(temporary)}, ${sequence(table)}); end`)}`;
}

/** `name=value` as the catalog holds it, with the value quoted. */
export function optionList(options: readonly string[]): string {
  return options
    .map((option) => {
      const at = option.indexOf('=');
      return `${option.slice(0, at)} = ${quoteText(option.slice(at + 1))}`;
    })
    .join(', ');
}

function nextId(sequence: TableName): string {
  return `nextval(${quoteText(quoteName(sequence))}::regclass)`;
}

export function copyStatement(
  temporary: TableName,
  columns: readonly PlannedColumn[],
  format: 'binary' | 'text',
  freeze: boolean,
): string {
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  return `copy ${quoteName(temporary)} (${names}) from stdin with (format ${format}${freeze ? ', freeze' : ''})`;
}
