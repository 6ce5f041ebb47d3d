import { expect, test } from 'vitest';
import { readCredentials } from '../../../../src/adapter/clickhouse/driver/credentials.ts';
import { sessionSettings } from '../../../../src/adapter/clickhouse/driver/session-settings.ts';
import type { Credentials } from '../../../../src/adapter/index.ts';

test('defaults as in dbt-clickhouse', () => {
  expect(readCredentials({ type: 'clickhouse' })).toMatchObject({
    url: 'http://localhost:8123',
    user: 'default',
    password: '',
    schema: 'default',
    verify: true,
    retries: 1,
    connectTimeoutMs: 10_000,
    responseTimeoutMs: 300_000,
    compression: false,
    customSettings: {},
    notices: [],
  });
});

const URLS: readonly [credentials: Credentials, url: string, notices: number][] = [
  [{ host: 'ch', port: 8124 }, 'http://ch:8124', 0],
  [{ host: 'ch', secure: true }, 'https://ch:8443', 0],
  [{ host: 'ch', secure: 'True', port: '443' }, 'https://ch:443', 0],
  [{ host: 'ch', port: 9000 }, 'http://ch:8123', 1],
  [{ host: 'ch', port: 9440, secure: true }, 'https://ch:8443', 1],
  [{ host: 'ch', driver: 'native' }, 'http://ch:8123', 1],
  [{ host: 'ch', driver: 'http', port: 9000 }, 'http://ch:9000', 0],
  [{ host: '::1' }, 'http://[::1]:8123', 0],
];

test.each(URLS)('%j is at %s', (credentials, url, notices) => {
  const connection = readCredentials(credentials);
  expect(connection.url).toBe(url);
  expect(connection.notices).toHaveLength(notices);
});

const WRONG: readonly [credentials: Credentials, message: RegExp][] = [
  [{ schema: 'a', database: 'b' }, /database must be omitted or have the same value as schema/],
  [{ driver: 'odbc' }, /Unrecognized ClickHouse driver odbc/],
  [{ port: 'many' }, /port must be a number, not "many"/],
  [{ secure: 'perhaps' }, /secure must be true or false/],
  [{ custom_settings: ['a'] }, /custom_settings must be a mapping/],
];

test.each(WRONG)('%j is refused', (credentials, message) => {
  expect(() => readCredentials({ password: 'secret-word', ...credentials })).toThrow(message);
  expect(() => readCredentials({ password: 'secret-word', ...credentials })).not.toThrow(/secret-word/);
});

const has = (...names: string[]) => new Map(names.map((name) => [name, { value: '0', readonly: false }]));

test('only settings the server has and lets be changed are sent; custom_settings win', () => {
  const plain = readCredentials({ custom_settings: { mutations_sync: 1, anything: 'x' } });
  expect(sessionSettings(plain, has('mutations_sync', 'alter_sync', 'insert_quorum')).all).toEqual({
    mutations_sync: 1,
    alter_sync: 3,
    anything: 'x',
  });
  const replicated = readCredentials({ database_engine: "Replicated('/p','{shard}','{replica}')" });
  expect(sessionSettings(replicated, has('insert_quorum')).all).toEqual({ insert_quorum: 'auto' });
  const shared = readCredentials({ database_engine: 'Shared' });
  expect(sessionSettings(shared, has('select_sequential_consistency')).all).toEqual({
    select_sequential_consistency: 1,
  });
  const fixed = new Map([['alter_sync', { value: '1', readonly: true }]]);
  expect(sessionSettings(plain, fixed).all).toEqual({ mutations_sync: 1, anything: 'x' });
  const reader = new Map([...has('mutations_sync'), ['readonly', { value: '1', readonly: true }] as const]);
  expect(sessionSettings(readCredentials({}), reader)).toEqual({ all: {}, reading: {} });
});
