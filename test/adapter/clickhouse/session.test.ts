import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DatabaseError, type Driver, openAdapter, type QueryOptions } from '../../../src/adapter/index.ts';
import { runAsync, runSync, type Value } from '../../../src/jinja/index.ts';
import type { Event, Target } from '../../../src/model/index.ts';
import { TestProject } from './macros/project.ts';
import { driverOnServer } from './private-server.ts';

let driver: Driver;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ driver, close } = await driverOnServer());
});
afterAll(() => close());

const events: Event[] = [];
beforeEach(() => {
  events.length = 0;
});

const target: Target = {
  profileName: 'shop',
  name: 'dev',
  type: 'clickhouse',
  schema: 'main',
  threads: 1,
  credentials: {},
};
const open = (use: Driver | undefined, invocationId = 'a3e1f0aa-0000-4000-8000-000000000001') =>
  openAdapter({ driver: use, target, flags: {}, invocationId, emit: (event) => events.push(event) });
const call = (facade: Value, name: string, ...args: Value[]): Value => facade.pyAttr(name).call(args, new Map());
const tables = async (like: string) =>
  (
    await driver.query(`select name from system.tables where database = 'main' and name like '${like}' order by name`)
  ).rows.flat();

test('a statement carries the comment of its node, and its id is in the answer and the log', async () => {
  const session = (await open(driver)).session({ nodeId: 'model.shop.orders', connectionName: 'model.shop.orders' });
  const [response, table] = await call(session.facade, 'execute', 'select 7 as x', false, true);
  expect([response.pyStr(), table.matrix()]).toEqual(['OK', [[7]]]);
  expect(response.fields().get('query_id')).toBe(session.lastQueryId);
  const [sent] = events.filter((event) => event.name === 'SQLQuery');
  expect(sent?.data['sql']).toMatch(
    /^\/\* \{"app": "dbt", "dbt_version": "1\.12\.\d+", "profile_name": "shop", "target_name": "dev", "node_id": "model\.shop\.orders"\} \*\/\nselect 7 as x$/,
  );
});

test.each([
  ['of the project', { queryComment: 'run by ops' }, '/* run by ops */\nselect 1'],
  ['behind the statement', { queryComment: 'run by ops', appendComment: true }, 'select 1\n/* run by ops */'],
  ['switched off', { queryComment: null }, 'select 1'],
])('a comment %s', async (_what, options, sql) => {
  const session = (await open(driver)).session({ nodeId: undefined, connectionName: 'c', ...options });
  await call(session.facade, 'execute', 'select 1;'.replace(';', ''));
  expect(events.find((event) => event.name === 'SQLQuery')?.data['sql']).toBe(sql);
});

test('a comment that would end itself is refused before anything is sent', async () => {
  const session = (await open(driver)).session({ nodeId: undefined, connectionName: 'c', queryComment: 'a */ b' });
  await expect(call(session.facade, 'execute', 'select 1')).rejects.toThrow(/illegal value "\*\/"/);
});

test('without a server every relation is absent, and a statement says what is missing', async () => {
  const adapter = await open(undefined);
  await adapter.loadCatalog(['main']);
  const { facade } = adapter.session({ nodeId: undefined, connectionName: 'c' });
  expect([adapter.connected, adapter.missingSchemas(['main'])]).toEqual([false, []]);
  expect(runSync(call(facade, 'get_relation', '', 'main', 'anything'))).toBe(null);
  await expect(call(facade, 'execute', 'select 1\nfrom x')).rejects.toMatchObject({
    code: 'TSD3002',
    message: expect.stringMatching(/none can be reached: select 1$/),
  });
});

test('relations of a schema nobody named before are read when they are asked for', async () => {
  await driver.query('create database if not exists elsewhere', { fetch: false });
  await driver.query('create table elsewhere.t engine = Log as select 1 as x', { fetch: false });
  const { facade } = (await open(driver)).session({ nodeId: undefined, connectionName: 'c' });
  const found = await runAsync(call(facade, 'get_relation', '', 'elsewhere', 't'));
  expect((found as Value).state).toMatchObject({ schema: 'elsewhere', identifier: 't', type: 'table' });
});

test('what dead invocations left is swept; what lives, or is young, is not', async () => {
  const dead = '11111111_2222_4333_8444_555555555555';
  const young = '22222222_2222_4333_8444_555555555555';
  for (const name of [`orders__dbt_tmp_${dead}`, `orders__dbt_tmp_${young}`, 'orders__dbt_tmp', 'orders']) {
    await driver.query(`create table main.\`${name}\` engine = Log as select 1 as x`, { fetch: false });
  }
  // The clock of metadata is the file's; a driver that answers for the server makes one table old.
  const old: Driver = new Proxy(driver, {
    get: (real, key) =>
      key === 'query'
        ? (sql: string, options?: QueryOptions) =>
            real.query(sql.replace('now() - 600', `if(name like '%${dead}', now() + 1, now() - 600)`), options)
        : (Reflect.get(real, key).bind?.(real) ?? Reflect.get(real, key)),
  });
  await (await open(old)).loadCatalog(['main']);
  expect(await tables('orders%')).toEqual(['orders', 'orders__dbt_tmp', `orders__dbt_tmp_${young}`]);
});

test('where the server cannot exchange, tables are renamed', async () => {
  const refusing: Driver = new Proxy(driver, {
    get: (real, key) => {
      if (key !== 'query') return Reflect.get(real, key).bind?.(real) ?? Reflect.get(real, key);
      return (sql: string, options?: QueryOptions) => {
        if (!/EXCHANGE/.test(sql)) return real.query(sql, options);
        const info = {
          number: 48,
          name: 'NOT_IMPLEMENTED',
          text: 'RENAME EXCHANGE is not supported',
          queryId: '',
          position: undefined,
        };
        return Promise.reject(new DatabaseError('TSD3001', info, 'Code: 48'));
      };
    },
  });
  const project = new TestProject(refusing, 'main');
  await project.run({ name: 'swap', sql: 'select 1 as x' });
  const statements = await project.run({ name: 'swap', sql: 'select 2 as x' });
  expect(statements.map((sql) => sql.split(' ')[0])).toEqual(['create', 'EXCHANGE', 'rename', 'drop', 'drop']);
  expect(await project.rows('select x from @swap')).toEqual([[2]]);
  expect(await tables('swap%')).toEqual(['swap']);
});

test('schemas are created once, by the macro a project may override', async () => {
  const own =
    "{% macro clickhouse__create_schema(relation) %}{% call statement() %}create database {{ relation.without_identifier() }} comment 'mine'{% endcall %}{% endmacro %}";
  const project = new TestProject(driver, 'made_anew', own);
  await project.createSchema();
  await project.createSchema();
  expect(await project.rows("select comment from system.databases where name = 'made_anew'")).toEqual([['mine']]);
});
