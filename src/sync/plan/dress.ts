import { quoteName, quoteText, type TableName } from './names.ts';
import type { Grant, InboundKey, RelationShape } from './shape.ts';

/** Statements that dress the new table like the old one, before anybody can see it. */
export function dressStatements(
  temporary: TableName,
  target: RelationShape | undefined,
  kind: 'table' | 'materialized view' = 'table',
): string[] {
  if (!target) return [];
  const table = quoteName(temporary);
  return [
    ...target.inbound.map((key) => orphanCheck(table, key)),
    revokeDefaults(table),
    ...target.foreignKeys.map((key) => `alter table ${table} add constraint ${quoteName(key.name)} ${key.definition}`),
    ...target.selfKeys.map(
      ({ name, before, after }) => `alter table ${table} add constraint ${quoteName(name)} ${before}${table}${after}`,
    ),
    ...(target.comment === null ? [] : [`comment on ${kind} ${table} is ${quoteText(target.comment)}`]),
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

export function grantStatement(table: string, { grantee, privilege, grantable, column }: Grant): string {
  const what = column === null ? privilege : `${privilege} (${quoteName(column)})`;
  const who = grantee === null ? 'public' : quoteName(grantee);
  return `grant ${what} on ${table} to ${who}${grantable ? ' with grant option' : ''}`;
}
