import type { SyncDefinition } from '../types.ts';
import type { PlannedIndex } from './indexes.ts';
import { fitName, quoteName, quoteText, type TableName } from './names.ts';
import type { Grant, InboundKey, TargetShape } from './shape.ts';
import { optionList } from './table.ts';

/** Statements that dress the new table like the old one, before anybody can see it. */
export function dressStatements(temporary: TableName, target: TargetShape | undefined): string[] {
  if (!target) return [];
  const table = quoteName(temporary);
  return [
    ...target.inbound.map((key) => orphanCheck(table, key)),
    revokeDefaults(table),
    ...target.foreignKeys.map((key) => `alter table ${table} add constraint ${quoteName(key.name)} ${key.definition}`),
    ...(target.comment === null ? [] : [`comment on table ${table} is ${quoteText(target.comment)}`]),
    ...target.grants.map((grant) => grantStatement(table, grant)),
    `alter table ${table} owner to ${quoteName(target.owner)}`,
  ];
}

/** Fails where a row of another table would point to nothing after the swap. */
function orphanCheck(table: string, { name, table: child, columns, references }: InboundKey): string {
  const pairs = columns.map((column, i) => `n.${quoteName(references[i]!)} = c.${quoteName(column)}`).join(' and ');
  const present = columns.map((column) => `c.${quoteName(column)} is not null`).join(' and ');
  const orphan = `select from ${quoteName(child)} c where ${present} and not exists (select from ${table} n where ${pairs})`;
  const message = `rows of ${quoteName(child)} refer by ${quoteName(name)} to rows that the new table lacks`;
  return block(`begin if exists (${orphan}) then raise exception using message = ${quoteText(message)}; end if; end`);
}

/** A new table has what ALTER DEFAULT PRIVILEGES gives; the old one may not have it. */
function revokeDefaults(table: string): string {
  return block(`declare who text; begin
    for who in select distinct case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end
      from pg_class c, aclexplode(c.relacl) g where c.oid = ${quoteText(table)}::regclass and g.grantee <> c.relowner
    loop execute format('revoke all on %s from %s', ${quoteText(table)}, who); end loop; end`);
}

function block(body: string): string {
  return `do ${quoteText(body)}`;
}

function grantStatement(table: string, { grantee, privilege, grantable, column }: Grant): string {
  const what = column === null ? privilege : `${privilege} (${quoteName(column)})`;
  const who = grantee === null ? 'public' : quoteName(grantee);
  return `grant ${what} on ${table} to ${who}${grantable ? ' with grant option' : ''}`;
}

export interface SwapPlan {
  /** Relations to lock, always in this order, so that two swaps or a swap and a reader of a view cannot wait for each other. */
  readonly locks: readonly TableName[];
  readonly statements: readonly string[];
  /** Afterwards, without keeping anybody waiting: foreign keys of other tables are checked again. */
  readonly validate: readonly string[];
}

/** The renames, in one transaction after the locks, between the definition's hooks; `also` comes before the last of these. */
export function planSwap(
  definition: SyncDefinition,
  temporary: TableName,
  indexes: readonly PlannedIndex[],
  target: TargetShape | undefined,
  backupExists: boolean,
  also: readonly string[] = [],
): SwapPlan {
  const { table, backup, id } = definition;
  const { schema } = table;
  const old = backup.name;
  const views = target?.views ?? [];
  const statements: string[] = [...definition.hooks.before];
  const rename = (kind: 'table' | 'index', from: string, to: string) =>
    statements.push(`alter ${kind} ${quoteName({ schema, name: from })} rename to ${quoteName(to)}`);
  if (backupExists) statements.push(`drop table ${quoteName(old)}`);
  const carried = (stage: 'before' | 'after') =>
    (target?.carried ?? []).filter((one) => one.stage === stage).map((one) => one.sql);
  statements.push(...carried('before'));
  if (target) {
    rename('table', table.name, old.name);
    for (const index of target.indexes) rename('index', index.name, fitName(index.name, '_bkp'));
  }
  rename('table', temporary.name, table.name);
  for (const index of indexes) rename('index', index.temporary, index.name);
  const owned = new Map((target?.sequences ?? []).map(({ name, column }) => [quoteName(name), column]));
  if (id) owned.set(quoteName(id.sequence), id.column);
  for (const [sequence, column] of owned) {
    statements.push(`alter sequence ${sequence} owned by ${quoteName(table)}.${quoteName(column)}`);
  }
  statements.push(...carried('after'));
  for (const view of views) {
    const options = view.options.length > 0 ? ` with (${optionList(view.options)})` : '';
    statements.push(`create or replace view ${quoteName(view.name)}${options} as ${view.definition}`);
  }
  if (target && backup.keep === 0) statements.push(`drop table ${quoteName(old)}`);
  statements.push(...also, ...definition.hooks.after);
  const keys = target?.inbound ?? [];
  const others = [...(backupExists ? [old] : []), ...views.map((view) => view.name), ...keys.map((key) => key.table)];
  const locks = new Map([...others, ...(target ? [table] : [])].map((name) => [quoteName(name), name]));
  const validate = keys
    .filter((key) => key.validated)
    .map((key) => `alter table ${quoteName(key.table)} validate constraint ${quoteName(key.name)}`);
  return { locks: [...locks.values()], statements, validate };
}
