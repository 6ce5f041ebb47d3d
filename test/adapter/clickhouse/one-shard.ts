import type { Driver, QueryOptions, QueryResult } from '../../../src/adapter/index.ts';

/**
 * A cluster of one shard out of a server that has none: ON CLUSTER is taken away, a Distributed table becomes a view of its
 * local table, and what is inserted into it goes there.
 */
export function oneShard(driver: Driver): Driver {
  const locals = new Map<string, string>();
  const query = async (sql: string, options?: QueryOptions): Promise<QueryResult> => {
    const result = await driver.query(rewrite(sql, locals), options);
    // The catalog is told what the view stands for.
    return /from system\.databases where name in/.test(sql)
      ? { ...result, rows: result.rows.map((row) => asTable(row, locals)) }
      : result;
  };
  return new Proxy(driver, { get: (real, key) => (key === 'query' ? query : bound(real, key)) });
}

function asTable(row: readonly unknown[], locals: ReadonlyMap<string, string>): readonly unknown[] {
  const [schema, name, engine, ...rest] = row;
  return engine === 'View' && locals.has(`\`${schema}\`.\`${name}\``) ? [schema, name, 'Distributed', ...rest] : row;
}

function bound(real: Driver, key: string | symbol): unknown {
  const value = Reflect.get(real, key);
  return typeof value === 'function' ? value.bind(real) : value;
}

function rewrite(sql: string, locals: Map<string, string>): string {
  const plain = sql
    .replace(/ON CLUSTER "\w+"\s*(SYNC)?/g, '')
    .replace(/cluster\("\w+", system\.parts\)/g, 'system.parts')
    .replace(/Replicated(\w*MergeTree)\([^)]*\)/g, '$1()');
  if (/SYSTEM SYNC REPLICA/.test(plain)) return 'select 1';
  const made = /create or replace table (\S+)\s+as (\S+)\s+ENGINE = Distributed\(/.exec(plain);
  if (made !== null) {
    locals.set(made[1]!, made[2]!);
    return `create or replace view ${made[1]} as select * from ${made[2]}`;
  }
  return plain.replace(/insert into (\S+)/, (text, table: string) =>
    locals.has(table) ? `insert into ${locals.get(table)}` : text,
  );
}
