import { stringLiteral } from '../quote.ts';

/**
 * One row for each schema (name, '', engine) and for each relation in one of the schemas: schema, name, engine,
 * the CREATE statement and the SELECT of materialized views. The last two are printed by the server at some cost, so they
 * are asked for where they are needed only.
 */
export function relationsSql(schemas: readonly string[]): string {
  const list = schemas.map(stringLiteral).join(', ');
  return `select name, '', engine, '', ''
from system.databases where name in (${list})
union all
select database, name, engine, '', ''
from system.tables where database in (${list}) and engine != 'MaterializedView'
union all
select database, name, engine, create_table_query, as_select
from system.tables where database in (${list}) and engine = 'MaterializedView'`;
}
