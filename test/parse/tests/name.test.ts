import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { synthesizedName, testHash } from '../../../src/parse/tests/name.ts';

const expected = JSON.parse(readFileSync(new URL('../fixtures/shop-manifest.json', import.meta.url), 'utf8'));
const tests = Object.values<{ unique_id: string; name: string; test_metadata?: Record<string, never> }>(
  expected.nodes,
).filter((node) => node.test_metadata !== undefined);

test.each(tests.map((node) => [node.unique_id, node] as const))('dbt hashes %s alike', (id, node) => {
  const { namespace, name, kwargs } = node.test_metadata ?? {};
  const metadata = { namespace: namespace ?? null, name: name ?? null, kwargs: kwargs ?? null };
  expect(id.endsWith(`.${testHash(node.name, metadata)}`)).toBe(true);
});

test('arguments come in order of their names, lists and maps flat', () => {
  const args = { values: ['a b', 2], column_name: 'x', model: 'left out', more: { k: true } };
  expect(synthesizedName('accepted_values', 'm', args).full).toBe('accepted_values_m_x__True__a_b__2');
});

test('a name of 64 characters is cut for the file and hashed', () => {
  const args = { column_name: 'c'.repeat(40) };
  expect(synthesizedName('accepted_values', 'some_model', args)).toEqual({
    full: `accepted_values_some_model_${'c'.repeat(40)}`,
    short: 'accepted_values_some_model_76fcef65405a895ac5f18d8c205a712f',
  });
});
