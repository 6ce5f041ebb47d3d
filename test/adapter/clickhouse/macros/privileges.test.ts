import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Driver, QueryOptions, QueryResult } from '../../../../src/adapter/index.ts';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

/** The private engine has no place for users made by SQL, nor Keeper: what would need them is answered here, the rest is real. */
let driver: Driver;
let user: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  ({ driver, close } = server);
  user = server.server.user;
});
afterAll(() => close());

type Query = (sql: string, options?: QueryOptions) => Promise<QueryResult>;

function answering(answer: (sql: string, ask: Query) => Promise<QueryResult>): Driver {
  const ask: Query = (sql, options) => driver.query(sql, options);
  return new Proxy(driver, {
    get(real, key) {
      if (key === 'query') return (sql: string, options?: QueryOptions) => answer(sql, (text) => ask(text, options));
      const value = Reflect.get(real, key);
      return typeof value === 'function' ? value.bind(real) : value;
    },
  });
}

const SQL = 'select number as id from numbers(3)';
const model = (name: string, materialized: string, config: ModelSpec['config'] = {}): ModelSpec => ({
  name,
  sql: SQL,
  materialized,
  config: { order_by: ['id'], ...config },
});

describe('grants', () => {
  const held = new Map<string, Set<string>>();
  /** system.grants, kept by the statements that change it. */
  const withUsers = (): Driver =>
    answering(async (sql, ask) => {
      const [, verb, privilege, table, , users] = /(grant|revoke)\s+(\w+) on (\S+) (to|from) (.*)/s.exec(sql) ?? [];
      if (verb !== undefined) {
        const grants = held.get(table!) ?? new Set();
        for (const name of users!.trim().split(/,\s*/)) {
          if (verb === 'grant') grants.add(`${privilege} ${name}`);
          else grants.delete(`${privilege} ${name}`);
        }
        held.set(table!, grants);
        return ask('select 1');
      }
      if (!sql.includes('system.grants')) return ask(sql);
      const name = /table = '(\w+)'/.exec(sql)?.[1] ?? '';
      const grants = [...(held.get(`\`main\`.\`${name}\``) ?? [])];
      const rows = grants.map((grant) => `('${grant.replace(' ', "', '")}')`).join(', ');
      return ask(
        rows === ''
          ? "select '' as privilege_type, '' as grantee where false"
          : `select upper(c1) as privilege_type, c2 as grantee from values(${rows})`,
      );
    });

  test.each(['table', 'view', 'incremental'])(
    'of a %s are given once, and what is no longer wished is taken back',
    async (kind) => {
      const project = new TestProject(withUsers(), 'main');
      const name = `for_${kind}`;
      const dcl = (statements: readonly string[]) => statements.filter((sql) => /^(?:grant|revoke)/.test(sql));
      const wishing = (grants: Readonly<Record<string, readonly string[]>>) => model(name, kind, { grants });
      expect(dcl(await project.run(wishing({ select: ['ann', 'bob'] })))).toEqual([
        `grant select on \`${name}\` to ann, bob`,
      ]);
      expect(dcl(await project.run(wishing({ select: ['ann', 'bob'] })))).toEqual([]);
      expect(dcl(await project.run(wishing({ select: ['bob', 'eve'] })))).toEqual([
        `revoke select on \`${name}\` from ann`,
        `grant select on \`${name}\` to eve`,
      ]);
      expect([...held.get(`\`main\`.\`${name}\``)!].sort()).toEqual(['select bob', 'select eve']);
    },
  );
});

describe('sql_security of a view', () => {
  test('is its definer or its invoker', async () => {
    const project = new TestProject(driver, 'main');
    await project.run(model('by_definer', 'view', { sql_security: 'definer', definer: user }));
    await project.run(model('by_invoker', 'view', { sql_security: 'invoker' }));
    const made = await project.rows(
      "select extract(create_table_query, 'DEFINER = \\\\S+ SQL SECURITY DEFINER|SQL SECURITY INVOKER') from system.tables where database = 'main' and name in ('by_definer', 'by_invoker') order by name",
    );
    expect(made).toEqual([[`DEFINER = ${user} SQL SECURITY DEFINER`], ['SQL SECURITY INVOKER']]);
    expect(await project.rows('select count() from @by_definer')).toEqual([[3]]);
  });

  test.each([
    [{ sql_security: 'definer', definer: '' }, /Invalid config parameter `definer`. No value was provided./],
    [{ sql_security: 'nobody' }, /Got: `nobody`, but only definer \| invoker allowed./],
  ])('%j is refused', async (config, message) => {
    await expect(new TestProject(driver, 'main').run(model('wrong', 'view', config))).rejects.toThrow(message);
  });
});

describe.each(['Replicated', 'Shared'])('a database with engine %s', (engine) => {
  const schema = engine.toLowerCase();
  const inDatabase = () => {
    const answered = answering(async (sql, ask) => {
      const result = await ask(
        sql.replace(/(create database.*?)(?:ON CLUSTER "c"\s*)?ENGINE (?:Replicated|Shared)\S*/s, '$1'),
      );
      if (!/from system\.databases where name in/.test(sql)) return result;
      return {
        ...result,
        rows: result.rows.map((row) => (row[1] === '' ? [row[0], '', engine, ...row.slice(3)] : row)),
      };
    });
    return new TestProject(answered, schema, '', {
      ...(engine === 'Replicated' ? { cluster: 'c' } : {}),
      database_engine: `${engine}('/path','{shard}','{replica}')`,
    });
  };

  test('spreads its tables by itself: no ON CLUSTER, created empty and then filled', async () => {
    const project = inDatabase();
    await project.createSchema();
    await project.run(model('spread', 'table'));
    const statements = await project.run(model('spread', 'table'));
    expect(statements.filter((sql) => sql.includes('ON CLUSTER'))).toEqual([]);
    expect(statements[0]).toMatch(/^create table .* empty as \(select/);
    expect(statements[1]).toMatch(/^insert into/);
    expect(statements[2]).toMatch(/^EXCHANGE TABLES/);
    expect(await project.rows('select count() from @spread')).toEqual([[3]]);
  });
});
