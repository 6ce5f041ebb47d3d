import { FUNCTIONS_IN_USE } from './carried.ts';

/** What a swap cannot keep, by the word that a definition must say to lose it; to be put where `t` is the table's row of pg_class. */
const KINDS: Readonly<Record<string, string>> = {
  /** No word makes these a table that a swap could replace. */
  shape: `case t.relkind when 'r' then null when 'v' then 'it is a view' when 'm' then 'it is a materialized view'
    when 'p' then 'it is partitioned' when 'f' then 'it is a foreign table' else 'it is not an ordinary table' end`,
  functions: `'functions that name its row type and are used: ' || ${FUNCTIONS_IN_USE}`,
  row_type: `'columns of its row type: ' || (select string_agg(distinct c.relname || '.' || a.attname, ', ')
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind not in ('i', 'I')
    where a.atttypid in (t.reltype, (select typarray from pg_type where oid = t.reltype)) and a.attrelid <> t.oid)`,
  inheritance: `case when exists (select from pg_inherits where inhparent = t.oid or inhrelid = t.oid) then 'inheritance' end`,
  materialized_views: `'materialized views that read it both themselves and through a view: ' || (
    select string_agg(distinct m.relname, ', ')
    from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class m on m.oid = r.ev_class and m.relkind = 'm'
    join pg_depend v on v.classid = 'pg_rewrite'::regclass and v.objid = r.oid and v.refclassid = 'pg_class'::regclass
    join pg_rewrite vr on vr.ev_class = v.refobjid join pg_class vc on vc.oid = vr.ev_class and vc.relkind = 'v'
    join pg_depend vd on vd.classid = 'pg_rewrite'::regclass and vd.objid = vr.oid and vd.refclassid = 'pg_class'::regclass and vd.refobjid = t.oid
    where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid)`,
  /** The net under all the others: whatever else would stay with the old table. */
  others: `(select string_agg(distinct pg_describe_object(d.classid, d.objid, d.objsubid), ', ') from pg_depend d
    where d.deptype = 'n' and (d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid and d.classid::regclass::text not in (
      'pg_rewrite', 'pg_constraint', 'pg_proc', 'pg_policy', 'pg_trigger', 'pg_publication_rel', 'pg_statistic_ext', 'pg_attrdef', 'pg_class')
      or d.refclassid = 'pg_type'::regclass and d.refobjid = t.reltype and d.classid::regclass::text not in ('pg_proc', 'pg_class', 'pg_type', 'pg_rewrite')))`,
};

/** A JSON array of {kind, what}. */
export const NOT_CARRIED = `(select coalesce(json_agg(json_build_object('kind', k.kind, 'what', k.what)), '[]') from (values
  ${Object.entries(KINDS)
    .map(([kind, sql]) => `('${kind}', ${sql})`)
    .join(',\n  ')}) k (kind, what) where k.what is not null)`;
