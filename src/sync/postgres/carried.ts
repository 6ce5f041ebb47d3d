/**
 * SQL that writes SQL: for each thing a table has beside its columns, the statements that give it to the next table.
 * `before` runs while the old table still has its name, `after` once the new one has it, both in the swap's transaction.
 * To be put where `t` is the table's row of pg_class and $1, $2 are its schema and name; search_path must be empty.
 */
const TABLE = "format('%I.%I', $1::text, $2::text)";

/** A partition gets those of its parent when it is attached; `tgparentid` came with version 13. */
const OWN_TRIGGER = `g.tgrelid = t.oid and not g.tgisinternal and coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0'`;

const TRIGGERS = `
select 'after', pg_get_triggerdef(g.oid) from pg_trigger g where ${OWN_TRIGGER}
union all
select 'after', format('alter table %s %s trigger %I', ${TABLE},
  case g.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, g.tgname)
from pg_trigger g where ${OWN_TRIGGER} and g.tgenabled <> 'O'
union all
select 'after', format('comment on trigger %I on %s is %L', g.tgname, ${TABLE}, obj_description(g.oid, 'pg_trigger'))
from pg_trigger g where ${OWN_TRIGGER} and obj_description(g.oid, 'pg_trigger') is not null`;

const RULES = `
select 'after', pg_get_ruledef(r.oid) from pg_rewrite r where r.ev_class = t.oid and r.rulename <> '_RETURN'
union all
select 'after', format('alter table %s %s rule %I', ${TABLE},
  case r.ev_enabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, r.rulename)
from pg_rewrite r where r.ev_class = t.oid and r.rulename <> '_RETURN' and r.ev_enabled <> 'O'`;

const ROW_SECURITY = `
select 'after', format('create policy %I on %s as %s for %s to %s', p.polname, ${TABLE},
    case when p.polpermissive then 'permissive' else 'restrictive' end,
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    (select string_agg(case when r = 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(p.polroles) r))
  || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
  || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
from pg_policy p where p.polrelid = t.oid
union all select 'after', format('alter table %s enable row level security', ${TABLE}) where t.relrowsecurity
union all select 'after', format('alter table %s force row level security', ${TABLE}) where t.relforcerowsecurity`;

const STORAGE = `
select 'after', format('alter table %s replica identity %s', ${TABLE}, case t.relreplident when 'f' then 'full' when 'n' then 'nothing'
  else 'using index ' || (select quote_ident(c.relname) from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = t.oid and i.indisreplident) end)
where t.relreplident <> 'd'
union all
select 'after', format('alter table %s cluster on %I', ${TABLE}, c.relname)
from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = t.oid and i.indisclustered
union all
select 'after', format('alter table %s alter column %I set statistics %s', ${TABLE}, a.attname, a.attstattarget)
from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attstattarget >= 0
union all
select 'after', format('alter table %s alter column %I set (%s)', ${TABLE}, a.attname, array_to_string(a.attoptions, ', '))
from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attoptions is not null`;

const EXTENDED_STATISTICS = `
select 'before', format('alter statistics %I.%I rename to %I', n.nspname, s.stxname, left(s.stxname, 59) || '_bkp')
from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where s.stxrelid = t.oid
union all
select 'after', pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s where s.stxrelid = t.oid
union all
select 'after', format('alter statistics %I.%I set statistics %s', n.nspname, s.stxname, s.stxstattarget)
from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where s.stxrelid = t.oid and s.stxstattarget >= 0`;

/** The filter and the list of columns came with version 15, hence the detour over JSON. */
const PUBLICATIONS = `
select 'before', format('alter publication %I drop table %s', p.pubname, ${TABLE})
from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = t.oid
union all
select 'after', format('alter publication %I add table %s', p.pubname, ${TABLE})
  || case when to_jsonb(r) ->> 'prattrs' is null then '' else
    ' (' || (select string_agg(quote_ident(name), ', ') from jsonb_array_elements_text(to_jsonb(v) -> 'attnames') name) || ')' end
  || coalesce(' where (' || (to_jsonb(v) ->> 'rowfilter') || ')', '')
from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
join pg_publication_tables v on v.pubname = p.pubname and v.schemaname = $1 and v.tablename = $2 where r.prrelid = t.oid`;

/** The new table has a sequence of its own, which goes on behind the old one and behind the rows that were loaded. */
const IDENTITY = `
select 'before', format('alter sequence %I.%I rename to %I', n.nspname, s.relname, left(s.relname, 59) || '_bkp') ${identity()}
union all
select 'after', 'do ' || quote_literal(format(
  'declare s text := pg_get_serial_sequence(%L, %L); begin
   execute format(''select setval(%%L, %s(o.last_value, n.last_value), o.is_called or n.is_called) from %I.%I o, %%s n'', s, s);
   execute format(''alter sequence %%s rename to %%I'', s, %L); end',
  ${TABLE}, a.attname, case when q.seqincrement > 0 then 'greatest' else 'least' end,
  n.nspname, left(s.relname, 59) || '_bkp', s.relname)) ${identity()}`;

function identity(): string {
  return `from pg_attribute a join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum and d.deptype = 'i'
  join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace n on n.oid = s.relnamespace
  join pg_sequence q on q.seqrelid = s.oid
  where a.attrelid = t.oid and a.attidentity <> ''`;
}

/** Checked against the new table before the swap, and validated after it. */
const INBOUND_KEYS = `
select 'before', format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname)
from pg_constraint k where k.confrelid = t.oid and k.contype = 'f' and k.conrelid <> t.oid and k.conparentid = 0
union all
select 'after', format('alter table %s add constraint %I %s not valid', k.conrelid::regclass, k.conname,
  regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', ''))
from pg_constraint k where k.confrelid = t.oid and k.contype = 'f' and k.conrelid <> t.oid and k.conparentid = 0`;

const SECURITY_LABELS = `
select 'after', format('security label for %I on table %s is %L', l.provider, ${TABLE}, l.label)
from pg_seclabel l where l.classoid = 'pg_class'::regclass and l.objoid = t.oid and l.objsubid = 0
union all
select 'after', format('security label for %I on column %s.%I is %L', l.provider, ${TABLE}, a.attname, l.label)
from pg_seclabel l join pg_attribute a on a.attrelid = l.objoid and a.attnum = l.objsubid
where l.classoid = 'pg_class'::regclass and l.objoid = t.oid and l.objsubid > 0`;

/** Functions whose parsed body reads the table keep their identity; those that name its row type are made again. */
const FUNCTIONS = `
select 'before', format('drop %s %s', case p.prokind when 'p' then 'procedure' else 'function' end, p.oid::regprocedure)
from pg_proc p where ${namesRow()}
union all
select 'after', pg_get_functiondef(p.oid) from pg_proc p where ${namesRow()} or ${readsTable()}
union all
select 'after', format('alter routine %s owner to %I', p.oid::regprocedure, pg_get_userbyid(p.proowner)) from pg_proc p where ${namesRow()}
union all
select 'after', format('revoke all on routine %s from public', p.oid::regprocedure) from pg_proc p where ${namesRow()} and p.proacl is not null
union all
select 'after', format('grant execute on routine %s to %s%s', p.oid::regprocedure,
  case when g.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end, case when g.is_grantable then ' with grant option' else '' end)
from pg_proc p, aclexplode(p.proacl) g where ${namesRow()}
union all
select 'after', format('comment on routine %s is %L', p.oid::regprocedure, obj_description(p.oid, 'pg_proc'))
from pg_proc p where ${namesRow()} and obj_description(p.oid, 'pg_proc') is not null`;

function readsTable(): string {
  return `exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
    and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid)`;
}

function namesRow(): string {
  return `exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
    and d.refclassid = 'pg_type'::regclass and d.refobjid in (t.reltype, (select typarray from pg_type where oid = t.reltype)))`;
}

/** Functions that cannot be made again, because something rests on them. */
export const FUNCTIONS_IN_USE = `(select string_agg(distinct p.oid::regprocedure::text, ', ') from pg_proc p
  where ${namesRow()} and exists (select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid))`;

/** Rules and policies of other tables that read this one. */
const READERS = `
select 'after', regexp_replace(pg_get_ruledef(r.oid), '^CREATE RULE', 'CREATE OR REPLACE RULE')
from pg_rewrite r join pg_class o on o.oid = r.ev_class and o.relkind not in ('v', 'm')
where r.ev_class <> t.oid and exists (select from pg_depend d where d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
  and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid)
union all
select 'after', format('alter policy %I on %s', p.polname, p.polrelid::regclass)
  || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
  || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
from pg_policy p where p.polrelid <> t.oid and exists (select from pg_depend d where d.classid = 'pg_policy'::regclass and d.objid = p.oid
  and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid)`;

const ALL = [
  TRIGGERS,
  RULES,
  ROW_SECURITY,
  STORAGE,
  EXTENDED_STATISTICS,
  PUBLICATIONS,
  IDENTITY,
  INBOUND_KEYS,
  SECURITY_LABELS,
  FUNCTIONS,
  READERS,
];

/** A JSON array of {stage, sql}, in the order of the list above, which is one that works. */
export const CARRIED = `(
  select coalesce(json_agg(json_build_object('stage', c.stage, 'sql', c.sql) order by c.kind, c.stage desc, c.place, c.sql), '[]')
  from (${ALL.map((sql, i) => `select ${i} as kind, x.stage, x.sql, row_number() over () as place from (${sql}) x (stage, sql)`).join('\n union all ')}) c)`;
