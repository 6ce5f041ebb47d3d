import type { TableName } from '../plan/names.ts';
import type { MaterializedView } from '../plan/shape.ts';
import { type Connection, rowsOf } from './connection.ts';

/** Those that read a table themselves, and those that read these, each after what it reads. */
const LIST = `
with recursive reading (oid, depth) as (
  select r.ev_class, 1 from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class c on c.oid = r.ev_class and c.relkind = 'm'
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = $1::oid and r.ev_class <> $1::oid
  union
  select r.ev_class, m.depth + 1 from reading m join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = m.oid
  join pg_rewrite r on r.oid = d.objid join pg_class c on c.oid = r.ev_class and c.relkind = 'm'
  where r.ev_class <> m.oid)
select json_build_object('name', json_build_object('schema', n.nspname, 'name', c.relname),
  'definition', rtrim(pg_get_viewdef(c.oid), ';'), 'populated', c.relispopulated, 'method', a.amname, 'tablespace', s.spcname,
  'comments', (select coalesce(json_agg(json_build_object('column', t.attname, 'comment', col_description(c.oid, t.attnum)) order by t.attnum), '[]')
    from pg_attribute t where t.attrelid = c.oid and t.attnum > 0 and col_description(c.oid, t.attnum) is not null),
  'storage', (select coalesce(json_agg(json_build_object('column', t.attname, 'storage', t.attstorage) order by t.attnum), '[]')
    from pg_attribute t join pg_type y on y.oid = t.atttypid where t.attrelid = c.oid and t.attnum > 0 and t.attstorage <> y.typstorage)) as view
from (select oid, max(depth) as depth from reading group by oid) m
join pg_class c on c.oid = m.oid join pg_namespace n on n.oid = c.relnamespace
left join pg_am a on a.oid = c.relam left join pg_tablespace s on s.oid = c.reltablespace
order by m.depth, c.oid`;

type Found = Omit<MaterializedView, 'shape'> & { readonly name: TableName };

/** Within a transaction whose search_path is empty. What they share with tables is read with `shapeOf`. */
export async function readMaterializedViews(
  connection: Connection,
  oid: number,
  shapeOf: (name: TableName) => Promise<MaterializedView['shape'] | undefined>,
): Promise<readonly MaterializedView[]> {
  const found = await rowsOf<{ view: Found }>(connection, LIST, [oid]);
  const views: MaterializedView[] = [];
  for (const { view } of found) views.push({ ...view, shape: (await shapeOf(view.name))! });
  return views;
}
