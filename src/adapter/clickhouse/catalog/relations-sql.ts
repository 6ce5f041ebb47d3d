import { stringLiteral } from '../quote.ts';

/**
 * One row for each schema (name, '', engine) and for each relation in one of the schemas: schema, name, engine,
 * the CREATE statement and the SELECT of materialized views, and whether inserts into it fill materialized views of any schema.
 * The statements are printed by the server at some cost, so they are asked for where they are needed only.
 */
export function relationsSql(schemas: readonly string[]): string {
  const list = schemas.map(stringLiteral).join(', ');
  return `select name, '', engine, '', '', 0
from system.databases where name in (${list})
union all
select database, name, engine, '', '', notEmpty(dependencies_table)
from system.tables where database in (${list}) and engine != 'MaterializedView'
union all
select database, name, engine, create_table_query, as_select, 0
from system.tables where database in (${list}) and engine = 'MaterializedView'`;
}
