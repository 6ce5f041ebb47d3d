import type { Driver } from '../adapter/index.ts';
import type { Session } from './open-project.ts';

/** What ClickHouse knows of the tables themselves: engine, keys, parts, size of each column; `tsdbt_storage.json`. A server that refuses costs the page this part only. */
export async function writeStorage(session: Session, driver: Driver | undefined): Promise<void> {
  const { project, parsed, request } = session;
  if (driver === undefined) return;
  const { writeArtifact } = await import('../artifacts/index.ts');
  const { nodes, sources } = parsed.manifest;
  const places = new Map<string, string[]>();
  const add = (schema: string, name: string, id: string): void => {
    const key = `${schema}\n${name}`;
    places.set(key, [...(places.get(key) ?? []), id]);
  };
  for (const node of Object.values(nodes))
    if (node.relation_name !== null) add(node.schema, node.alias, node.unique_id);
  for (const source of Object.values(sources)) add(source.schema, source.identifier, source.unique_id);
  const schemas = [...new Set([...places.keys()].map((key) => key.split('\n')[0] as string))].filter(Boolean).sort();
  if (schemas.length === 0) return;
  try {
    const relations = await readStorage(driver, schemas, places);
    const { id, startedAt } = project.invocation;
    writeArtifact(project.targetPath, 'tsdbt_storage.json', {
      metadata: { tsdbt_schema_version: 1, invocation_id: id, invocation_started_at: startedAt },
      relations,
    });
  } catch (error) {
    const base_msg = `The storage of the tables could not be read: ${(error as Error).message.split('\n')[0]}`;
    request.emit({ name: 'AdapterEventWarning', data: { base_msg } });
  }
}

type Row = Readonly<Record<string, unknown>>;

async function readStorage(
  driver: Driver,
  schemas: readonly string[],
  places: ReadonlyMap<string, readonly string[]>,
): Promise<Row> {
  const within = schemas.map((one) => `'${one.replace(/[\\']/g, '\\$&')}'`).join(', ');
  const ask = async (sql: string): Promise<Row[]> => {
    const { columns, rows } = await driver.query(sql);
    return rows.map((row) =>
      Object.fromEntries(columns.map(({ name }, at) => [name, (row as readonly unknown[])[at]])),
    );
  };
  const [tables, columns] = await Promise.all([
    ask(
      `select database, name, engine, engine_full, sorting_key, partition_key, primary_key, sampling_key, total_rows, total_bytes, parts, active_parts
       from system.tables where database in (${within})`,
    ),
    ask(
      `select database, table, name, compression_codec as codec, data_compressed_bytes as bytes, data_uncompressed_bytes as raw_bytes
       from system.columns where database in (${within}) and data_compressed_bytes > 0`,
    ),
  ]);
  const byTable = new Map<string, Record<string, Row>>();
  for (const { database, table, name, codec, bytes, raw_bytes } of columns) {
    const key = `${String(database)}\n${String(table)}`;
    const list = byTable.get(key) ?? {};
    byTable.set(key, list);
    list[String(name)] = { codec: String(codec ?? ''), bytes: Number(bytes), raw_bytes: Number(raw_bytes) };
  }
  const found: Record<string, Row> = {};
  for (const table of tables) {
    const key = `${String(table['database'])}\n${String(table['name'])}`;
    for (const id of places.get(key) ?? []) found[id] = { ...relationOf(table), columns: byTable.get(key) ?? {} };
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function relationOf(table: Row): Row {
  const full = String(table['engine_full'] ?? '');
  const ttl = /\bTTL (.+?)(?= SETTINGS |$)/.exec(full)?.[1] ?? '';
  const settings = /\bSETTINGS (.+)$/.exec(full)?.[1] ?? '';
  const count = (key: string): number | null =>
    table[key] === null || table[key] === undefined ? null : Number(table[key]);
  const facts = {
    'Order by': String(table['sorting_key'] ?? ''),
    'Partition by': String(table['partition_key'] ?? ''),
    'Primary key': table['primary_key'] === table['sorting_key'] ? '' : String(table['primary_key'] ?? ''),
    'Sample by': String(table['sampling_key'] ?? ''),
    TTL: ttl,
    Settings: settings,
  };
  return {
    engine: String(table['engine'] ?? ''),
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
    rows: count('total_rows'),
    bytes: count('total_bytes'),
    parts: count('active_parts') ?? count('parts'),
  };
}
