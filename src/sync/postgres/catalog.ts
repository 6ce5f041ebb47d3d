import type { TableName } from '../plan/names.ts';
import type { RelationShape, TargetShape } from '../plan/shape.ts';
import { CARRIED } from './carried.ts';
import { type Connection, rowsOf } from './connection.ts';
import { readMaterializedViews } from './matviews.ts';
import { NOT_CARRIED } from './not-carried.ts';

/**
 * One statement, one snapshot: the whole shape as JSON. It runs with an empty search_path, so that every name in a
 * definition comes out with its schema and means the same later.
 */
const SHAPE = `
with t as (
  select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind not in ('i', 'I', 'S', 't')
)
select json_build_object(
  'oid', t.oid::int8,
  'owner', pg_get_userbyid(t.relowner),
  'isOurs', pg_has_role(t.relowner, 'USAGE'),
  'comment', obj_description(t.oid, 'pg_class'),
  'options', coalesce(to_json(t.reloptions), '[]'),
  'partitionOf', (select json_build_object('schema', pn.nspname, 'name', p.relname) from pg_inherits i join pg_class p on p.oid = i.inhparent
    join pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = t.oid and t.relispartition),
  'tablespace', (select spcname from pg_tablespace where oid = t.reltablespace),
  'method', (select amname from pg_am where oid = t.relam and amname <> 'heap'),
  'columns', (
    select json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
      'hasDefault', a.atthasdef or a.attidentity <> '', 'identity', a.attidentity <> '',
      'generated', a.attgenerated <> '' or a.attidentity = 'a') order by a.attnum)
    from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped),
  'grants', (
    select coalesce(json_agg(json_build_object(
      'grantee', case when g.grantee = 0 then null else pg_get_userbyid(g.grantee) end,
      'privilege', g.privilege_type, 'grantable', g.is_grantable, 'column', g.attname)), '[]')
    from (
      select null::name as attname, (aclexplode(t.relacl)).*
      union all
      select a.attname, (aclexplode(a.attacl)).* from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and a.attacl is not null
    ) g),
  'indexes', (
    select coalesce(json_agg(json_build_object(
      'name', ic.relname, 'unique', i.indisunique, 'tablespace', (select spcname from pg_tablespace where oid = ic.reltablespace),
      'tail', substr(pg_get_indexdef(i.indexrelid), length(format('CREATE %sINDEX %I ON %I.%I', case when i.indisunique then 'UNIQUE ' else '' end, ic.relname, $1::text, $2::text)) + 1),
      'constraint', case when k.oid is not null then json_build_object('kind', k.contype, 'definition', pg_get_constraintdef(k.oid)) end,
      'comment', coalesce(obj_description(k.oid, 'pg_constraint'), obj_description(ic.oid, 'pg_class'))) order by ic.relname), '[]')
    from pg_index i join pg_class ic on ic.oid = i.indexrelid
    left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = t.oid and k.contype in ('p', 'u', 'x')
    where i.indrelid = t.oid and i.indisvalid),
  'foreignKeys', (
    select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid)) order by k.conname), '[]')
    from pg_constraint k where k.conrelid = t.oid and k.contype = 'f' and k.confrelid <> t.oid),
  'selfKeys', (
    select coalesce(json_agg(json_build_object('name', k.conname, 'before', substr(x.def, 1, x.at - 1), 'after', substr(x.def, x.at + length(x.self))) order by k.conname), '[]')
    from pg_constraint k, lateral (select pg_get_constraintdef(k.oid) as def, format('%I.%I', $1::text, $2::text) as self) y,
      lateral (select y.def, y.self, strpos(y.def, ' REFERENCES ' || y.self || '(') + 12 as at) x
    where k.conrelid = t.oid and k.contype = 'f' and k.confrelid = t.oid),
  'views', (
    select coalesce(json_agg(json_build_object(
      'name', json_build_object('schema', v.nspname, 'name', v.relname),
      'definition', pg_get_viewdef(v.oid), 'options', coalesce(to_json(v.reloptions), '[]')) order by v.oid), '[]')
    from (
      select distinct vc.oid, vc.relname, vn.nspname, vc.reloptions
      from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class vc on vc.oid = r.ev_class
      join pg_namespace vn on vn.oid = vc.relnamespace
      where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid and d.refobjid <> vc.oid and vc.relkind = 'v'
    ) v),
  'sequences', (
    select coalesce(json_agg(json_build_object('name', json_build_object('schema', sn.nspname, 'name', s.relname), 'column', a.attname) order by s.oid), '[]')
    from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace sn on sn.oid = s.relnamespace
    join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid and d.deptype = 'a'),
  'inbound', (
    select coalesce(json_agg(json_build_object('name', k.conname, 'table', json_build_object('schema', kn.nspname, 'name', kc.relname),
      'validated', k.convalidated,
      'columns', (select json_agg(a.attname order by o.n) from unnest(k.conkey) with ordinality o (num, n) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.num),
      'references', (select json_agg(a.attname order by o.n) from unnest(k.confkey) with ordinality o (num, n) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = o.num)
    ) order by k.oid), '[]')
    from pg_constraint k join pg_class kc on kc.oid = k.conrelid join pg_namespace kn on kn.oid = kc.relnamespace
    where k.confrelid = t.oid and k.contype = 'f' and k.conrelid <> t.oid and k.conparentid = 0),
  'carried', ${CARRIED},
  'notCarried', ${NOT_CARRIED}
) as shape
from t`;

/** The shape of a table; undefined where there is none of that name. */
export async function readShape(connection: Connection, table: TableName): Promise<TargetShape | undefined> {
  await connection.query(`begin; set local search_path = ''`);
  try {
    return await shapeInTransaction(connection, table);
  } finally {
    await connection.query('rollback');
  }
}

/** The same within a transaction whose search_path is empty. */
export async function shapeInTransaction(connection: Connection, table: TableName): Promise<TargetShape | undefined> {
  const shape = await relationShape(connection, table);
  if (shape === undefined) return undefined;
  const matviews = await readMaterializedViews(connection, shape.oid, (name) => relationShape(connection, name));
  return { ...shape, matviews };
}

async function relationShape(connection: Connection, name: TableName): Promise<RelationShape | undefined> {
  const rows = await rowsOf<{ shape: RelationShape }>(connection, SHAPE, [name.schema, name.name]);
  return rows[0]?.shape;
}

/** Columns of a table that look-ups read, by name; undefined where the table is missing. */
export async function readColumnTypes(
  connection: Connection,
  table: TableName,
): Promise<ReadonlyMap<string, string> | undefined> {
  const rows = await rowsOf<{ name: string; type: string }>(
    connection,
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table.schema, table.name],
  );
  return rows.length === 0 ? undefined : new Map(rows.map(({ name, type }) => [name, type]));
}
