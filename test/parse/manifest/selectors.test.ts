import { expect, test } from 'vitest';
import { manifestSelectors } from '../../../src/parse/manifest/selectors.ts';
import type { Data } from '../../../src/util/data.ts';

function expanded(definition: Data): unknown {
  const [selector] = Object.values(manifestSelectors([{ name: 's', description: '', default: false, definition }]));
  return (selector as { definition: unknown }).definition;
}

test('short forms are written out', () => {
  expect(expanded('2+tag:nightly+')).toEqual({
    parents: true,
    parents_depth: '2',
    method: 'tag',
    value: 'nightly',
    children: true,
  });
  expect(expanded('@models/a.sql')).toEqual({ childrens_parents: true, method: 'path', value: 'models/a.sql' });
  expect(expanded({ tag: 'x' })).toEqual({ method: 'tag', value: 'x' });
  expect(expanded({ union: ['my_model', { exclude: ['config.materialized:view'] }] })).toEqual({
    union: [{ method: 'fqn', value: 'my_model' }, { exclude: [{ method: 'config.materialized', value: 'view' }] }],
  });
});

test('name and description as in selectors.yml', () => {
  expect(
    manifestSelectors([{ name: 's', description: 'd', default: true, definition: { method: 'tag', value: 'x' } }]),
  ).toEqual({
    s: { name: 's', description: 'd', default: true, definition: { method: 'tag', value: 'x' } },
  });
});
