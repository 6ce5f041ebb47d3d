import { expect, test } from 'vitest';
import { manifestSelectors } from '../../../src/parse/manifest/selectors.ts';
import type { Data } from '../../../src/util/data.ts';

const selector = { name: 's', description: '', default: false };

function expanded(definition: Data): unknown {
  const [made] = Object.values(manifestSelectors([{ ...selector, definition, written: { name: 's', definition } }]));
  return (made as { definition: unknown }).definition;
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

test('everything else of an entry stays as in selectors.yml', () => {
  const definition = { method: 'tag', value: 'x' };
  const written = { name: 's', description: 'd', default: true, definition };
  expect(manifestSelectors([{ ...selector, definition, written }])).toEqual({ s: written });
});
