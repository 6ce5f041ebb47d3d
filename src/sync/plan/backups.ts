import type { SyncDefinition } from '../types.ts';
import { fitName, quoteName, quoteText, type TableName } from './names.ts';

/** More than these are nobody's wish, and are not looked for. */
export const MOST_BACKUPS = 20;

/** The table before the present one is 1, the one before that 2. */
export function backupTable({ backup }: SyncDefinition, number: number): TableName {
  return number === 1 ? backup.name : { schema: backup.name.schema, name: fitName(backup.name.name, `_${number}`) };
}

/** Which backups there are, and which one gives its rows back, if any. */
export interface Backups {
  /** Ascending. */
  readonly existing: readonly number[];
  readonly returning?: number;
}

/** Statements that make room for the present table as backup 1, and the tables that they touch. */
export function rotate(
  definition: SyncDefinition,
  { existing, returning }: Backups,
): { readonly touched: readonly TableName[]; readonly statements: readonly string[] } {
  const last = returning ?? Math.max(definition.backup.keep, 1);
  const goes = (number: number) => (returning === undefined ? number >= last : number === last);
  const moves = existing.filter((number) => number < last).sort((a, b) => b - a);
  const gone = existing.filter(goes).map((number) => backupTable(definition, number));
  return {
    touched: [...gone, ...moves.map((number) => backupTable(definition, number))],
    statements: [
      ...gone.map((table) => dropBackup(definition, table)),
      ...moves.flatMap((number) => move(backupTable(definition, number), backupTable(definition, number + 1), number)),
    ],
  };
}

/** What the definition allows to be lost stayed with the old table, and goes with it. */
export function dropBackup({ may_lose }: SyncDefinition, table: TableName): string {
  return `drop table ${quoteName(table)}${may_lose.length > 0 ? ' cascade' : ''}`;
}

function move(from: TableName, to: TableName, number: number): string[] {
  const rename = `alter table ${quoteName(from)} rename to ${quoteName(to.name)}`;
  return number === 1 ? [freeNames(from), rename] : [rename];
}

/** What belongs to backup 1 has names that the next backup 1 will want; with the oid in them they are nobody else's. */
function freeNames(table: TableName): string {
  const from = `${quoteText(quoteName(table))}::regclass`;
  return `do ${quoteText(`declare one record; begin
    for one in
      select 'index' as kind, n.nspname, c.relname as name, c.oid from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_namespace n on n.oid = c.relnamespace where i.indrelid = ${from}
      union all
      select 'sequence', n.nspname, c.relname, c.oid from pg_depend d join pg_class c on c.oid = d.objid and c.relkind = 'S'
        join pg_namespace n on n.oid = c.relnamespace
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = ${from} and d.deptype = 'i'
      union all
      select 'statistics', n.nspname, s.stxname, s.oid from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where s.stxrelid = ${from}
    loop execute format('alter %s %I.%I rename to %I', one.kind, one.nspname, one.name, left(one.name, 40) || '_' || one.oid); end loop; end`)}`;
}
