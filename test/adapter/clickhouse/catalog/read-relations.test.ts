import { expect, test } from 'vitest';
import { RelationCache } from '../../../../src/adapter/clickhouse/catalog/cache.ts';
import { readRelations } from '../../../../src/adapter/clickhouse/catalog/read-relations.ts';
import { readRelation } from '../../../../src/adapter/clickhouse/objects/read-relation.ts';

const ROWS = [
  ['a', '', 'Atomic', '', ''],
  ['o', '', 'Ordinary', '', ''],
  ['a', 't', 'MergeTree', '', '', 1],
  ['a', 'v', 'View', '', ''],
  ['a', 'd', 'Dictionary', '', ''],
  ['a', 'odd name', 'Log', '', ''],
  ['o', 't', 'MergeTree', '', ''],
  [
    'a',
    'mv',
    'MaterializedView',
    'CREATE MATERIALIZED VIEW a.mv TO a.t (`id` UInt8) AS SELECT 1 AS id',
    'SELECT 1 AS id',
  ],
  [
    'a',
    'mv2',
    'MaterializedView',
    'CREATE MATERIALIZED VIEW a.mv2 REFRESH EVERY 1 DAY APPEND TO a.`odd name` AS SELECT 2',
    'SELECT 2',
  ],
  [
    'a',
    'own',
    'MaterializedView',
    "CREATE MATERIALIZED VIEW a.own (`x` String) ENGINE = Log AS SELECT ' TO a.t ' AS x",
    '',
  ],
];

const cached = () => {
  const cache = new RelationCache();
  cache.learn(['a', 'o', 'nowhere'], readRelations(ROWS, false));
  return cache;
};

test('types, and whether relations can be exchanged', () => {
  const states = cached()
    .list('a')
    .map(({ state }) => [state.identifier, state.type, state.canExchange]);
  expect(states).toEqual([
    ['t', 'table', true],
    ['v', 'view', false],
    ['d', 'dictionary', false],
    ['odd name', 'table', true],
    ['mv', 'materialized_view', false],
    ['mv2', 'materialized_view', false],
    ['own', 'materialized_view', false],
  ]);
  expect(cached().get('o', 't')?.state.canExchange).toBe(false);
});

test('a schema that was asked for and is not there does not exist; one that was not asked for is unknown', () => {
  const cache = cached();
  expect([cache.exists('a'), cache.exists('nowhere'), cache.isKnown('nowhere'), cache.isKnown('elsewhere')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('tables know the views that write into them', () => {
  const cache = cached();
  expect(cache.get('a', 't')?.state.feedingViews).toEqual([{ schema: 'a', name: 'mv', sql: 'SELECT 1 AS id' }]);
  expect(cache.get('a', 'odd name')?.state.feedingViews.map((view) => view.name)).toEqual(['mv2']);
  expect(cache.get('a', 'mv2')?.state).toMatchObject({ isRefreshable: true, refreshableAppend: true });
  expect(cache.get('a', 'mv')?.state).toMatchObject({ isRefreshable: false, refreshableAppend: false });
});

test('what we do ourselves is seen at once', () => {
  const cache = cached();
  const relation = (identifier: string, type: string) => readRelation({ schema: 'a', identifier, type });
  cache.add(relation('tmp', 'table'));
  cache.exchange(relation('tmp', 'table'), relation('v', 'table'));
  expect([
    cache.get('a', 'tmp')?.state.type,
    cache.get('a', 'v')?.state.type,
    cache.get('a', 'v')?.state.canExchange,
  ]).toEqual(['view', 'table', true]);
  cache.drop(relation('tmp', 'table'));
  cache.rename(relation('t', 'table'), relation('t2', 'table'));
  expect([cache.get('a', 'tmp'), cache.get('a', 't')]).toEqual([undefined, undefined]);
  expect(cache.get('a', 't2')?.state).toMatchObject({ identifier: 't2', canExchange: true });
  cache.schemaCreated('nowhere', 'Atomic');
  expect(cache.exists('nowhere')).toBe(true);
});

test('whether inserts fill a view that no listed schema has is what the server says', () => {
  const feeds = cached()
    .list('a')
    .filter(({ state }) => state.feedsViews);
  expect(feeds.map(({ state }) => state.identifier)).toEqual(['t']);
});
