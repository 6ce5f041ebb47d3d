import { describe, expect, test } from 'vitest';
import type { Package } from '../../../src/model/index.ts';
import { Configs } from '../../../src/parse/config/configs.ts';
import { packageNamed } from '../packages.ts';

const root: Package = packageNamed('shop', {
  models: {
    shop: { '+tags': ['all'], marts: { '+materialized': 'table', tags: 'mart', fct: { '+enabled': false } } },
    pkg: { '+materialized': 'ephemeral' },
  },
  data_tests: { '+severity': 'warn' },
});
const pkg: Package = packageNamed('pkg', { models: { pkg: { '+materialized': 'incremental', '+schema': 'p' } } });
const configs = new Configs(root, [pkg], {});

function model(fqn: readonly string[], own = {}) {
  return configs.rendered({ kind: 'model', packageName: fqn[0] ?? '', fqn }, own);
}

describe('order of levels', () => {
  test('folders from shallow to deep, down to the file', () => {
    expect(model(['shop', 'marts', 'fct'])).toMatchObject({
      tags: ['all', 'mart'],
      materialized: 'table',
      enabled: false,
    });
    expect(model(['shop', 'staging', 'stg'])).toMatchObject({ tags: ['all'], materialized: 'view', enabled: true });
  });

  test('properties over the tree, config() over properties', () => {
    const own = { properties: { materialized: 'view', tags: 'yml' }, calls: { materialized: 'incremental' } };
    expect(model(['shop', 'marts', 'x'], own)).toMatchObject({
      materialized: 'incremental',
      tags: ['all', 'mart', 'yml'],
    });
  });

  test("the root's tree is the last word for a package's node", () => {
    const own = { calls: { materialized: 'table' } };
    expect(model(['pkg', 'a'], own)).toMatchObject({ materialized: 'ephemeral', schema: 'p' });
  });
});

test('every key of the kind is there', () => {
  expect(Object.keys(configs.rendered({ kind: 'seed', packageName: 'shop', fqn: ['shop', 's'] }, {}))).toContain(
    'quote_columns',
  );
});

test('store_failures_as decides over store_failures', () => {
  const of = (calls: Record<string, string | boolean>) =>
    configs.rendered({ kind: 'test', packageName: 'shop', fqn: ['shop', 't'] }, { calls });
  expect(of({ store_failures: true })).toMatchObject({ store_failures_as: 'table', severity: 'warn' });
  expect(of({ store_failures: true, store_failures_as: 'ephemeral' })).toMatchObject({ store_failures: false });
  expect(of({})).toMatchObject({ store_failures: null, store_failures_as: null });
});

test('unrendered levels only replace each other', () => {
  const own = { properties: { tags: 'yml' }, calls: { alias: '{{ x }}' } };
  expect(configs.unrendered({ kind: 'model', packageName: 'shop', fqn: ['shop', 'marts', 'x'] }, own)).toEqual({
    tags: 'yml',
    materialized: 'table',
    alias: '{{ x }}',
  });
});
