import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pulled, SourceSchema } from '../check/index.ts';
import type { SourceNode } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import { connectTarget } from './database.ts';
import type { Session } from './open-project.ts';

const FILE = 'schemas.yml';

/** What `check --pull` wrote beside dbt_project.yml; empty where it was never called. */
export async function readPulled({ project }: Session): Promise<Pulled> {
  const path = join(project.root.root, FILE);
  if (!existsSync(path)) return { schemas: new Map(), functions: new Map() };
  const { readYaml } = await import('../util/yaml.ts');
  const { data } = readYaml(readFileSync(path, 'utf8'), FILE);
  const functions = Object.entries(mapIn(data, 'functions')).map(([name, sql]) => [name, String(sql)] as const);
  const schemas = Object.entries(mapIn(data, 'sources')).map(([name, table]) => [name, readSchema(table)] as const);
  return { schemas: new Map(schemas), functions: new Map(functions) };
}

function mapIn(data: unknown, key: string): Readonly<Record<string, unknown>> {
  const value = isDataMap(data) ? data[key] : undefined;
  return isDataMap(value) ? value : {};
}

function readSchema(given: unknown): SourceSchema {
  const table = isDataMap(given) ? given : {};
  return {
    engine: String(table['engine'] ?? ''),
    orderBy: String(table['order_by'] ?? ''),
    columns: Object.entries(mapIn(given, 'columns')).map(([name, type]) => ({ name, type: String(type) })),
  };
}

/** Sorted by name, so that a change shows as a change. Gives the file's name for people. */
export function writePulled({ project }: Session, { schemas, functions }: Pulled): string {
  const lines = [...schemas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { engine, orderBy, columns }]) => [
      `  ${JSON.stringify(name)}:`,
      `    engine: ${JSON.stringify(engine)}`,
      `    order_by: ${JSON.stringify(orderBy)}`,
      '    columns:',
      ...columns.map((column) => `      ${JSON.stringify(column.name)}: ${JSON.stringify(column.type)}`),
    ]);
  const own = [...functions].sort().map(([name, sql]) => `  ${JSON.stringify(name)}: ${JSON.stringify(sql)}`);
  const head = ['# The tables of the sources as the server has them. Written by: tsdbt check --pull', 'sources:'];
  if (own.length > 0) lines.push('functions:', ...own);
  const path = join(project.root.root, FILE);
  writeFileSync(path, `${[...head, ...lines].join('\n')}\n`);
  return path;
}

/** The tables of all sources that the target's server has, and its SQL functions. */
export async function livePulled(session: Session): Promise<Pulled> {
  const sources = Object.values(session.parsed.manifest.sources);
  const { schemaKey } = await import('../check/index.ts');
  const connection = await connectTarget(session.project, session.request);
  try {
    const names = [...new Set(sources.map(({ schema }) => schema))].map(literal).join(', ');
    const { rows } = await connection.driver.query(
      `select t.database, t.name, t.engine_full, t.sorting_key, c.names, c.types
       from system.tables as t
       inner join (
         select database, table, groupArray(name) as names, groupArray(type) as types
         from (select database, table, name, if(default_kind in ('MATERIALIZED', 'ALIAS'), type || ' ' || default_kind, type) as type from system.columns where database in (${names}) order by position)
         group by database, table
       ) as c on c.database = t.database and c.table = t.name
       where t.database in (${names})`,
      { fetch: true },
    );
    const tables = new Map((rows as readonly Row[]).map((row) => [`${row[0]}.${row[1]}`, schemaOf(row)]));
    const schemas = new Map(sources.flatMap((source) => entryOf(source, schemaKey(source), tables)));
    const own = await connection.driver.query(
      "select name, create_query from system.functions where origin = 'SQLUserDefined'",
      { fetch: true },
    );
    return { schemas, functions: new Map(own.rows as [string, string][]) };
  } finally {
    await connection.close();
  }
}

type Row = readonly [string, string, string, string, readonly string[], readonly string[]];

function schemaOf([, , full, orderBy, names, types]: Row): SourceSchema {
  const engine = /^\w+(?:\([^)]*\))?/.exec(full)?.[0] ?? '';
  return { engine, orderBy, columns: names.map((name, i) => ({ name, type: types[i]! })) };
}

function entryOf(
  { schema, identifier }: SourceNode,
  key: string,
  tables: ReadonlyMap<string, SourceSchema>,
): [string, SourceSchema][] {
  const table = tables.get(`${schema}.${identifier}`);
  return table === undefined ? [] : [[key, table]];
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
