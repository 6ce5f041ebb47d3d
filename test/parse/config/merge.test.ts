import { describe, expect, test } from 'vitest';
import { FIELDS } from '../../../src/parse/config/fields.ts';
import { deepMerge, mergeCalls, overlay } from '../../../src/parse/config/merge.ts';

const MODEL = new Map(FIELDS.model.map((field) => [field.name, field]));

describe('one level over another', () => {
  test('tags and hooks are added, maps are joined, all else is replaced', () => {
    const below = overlay(MODEL, { tags: [], meta: { a: 1 }, materialized: 'view', 'pre-hook': [] }, { tags: 'x' });
    const config = overlay(MODEL, below, {
      tags: ['y'],
      meta: { b: 2 },
      materialized: 'table',
      pre_hook: 'select 1',
      engine: 'Log',
    });
    expect(config).toEqual({
      tags: ['x', 'y'],
      meta: { a: 1, b: 2 },
      materialized: 'table',
      'pre-hook': [{ sql: 'select 1', transaction: true, index: null }],
      engine: 'Log',
    });
  });

  test('a grant replaces its list, with a plus sign it adds to it', () => {
    const below = { grants: { select: ['a'], insert: 'b' } };
    expect(overlay(MODEL, below, { grants: { '+select': ['c'], insert: ['d'] } })).toEqual({
      grants: { select: ['a', 'c'], insert: ['d'] },
    });
  });

  test('a hook may be a map, or the same in JSON', () => {
    const config = overlay(
      MODEL,
      {},
      { 'post-hook': [{ sql: 'a', transaction: false }, '{"sql": "b", "index": 1}', '{% if x %}c{% endif %}'] },
    );
    expect(config['post-hook']).toEqual([
      { sql: 'a', transaction: false, index: null },
      { sql: 'b', transaction: true, index: 1 },
      { sql: '{% if x %}c{% endif %}', transaction: true, index: null },
    ]);
  });

  test('meta that is no map is refused', () => {
    expect(() => overlay(MODEL, { meta: {} }, { meta: 'x' })).toThrow("'meta' must be a map");
  });

  test('latest_version_pointer may be a single boolean', () => {
    const config = overlay(
      MODEL,
      { latest_version_pointer: { enabled: null, alias: null } },
      { latest_version_pointer: false },
    );
    expect(config.latest_version_pointer).toEqual({ enabled: false, alias: null });
  });
});

test('several config() calls become one by the same rules', () => {
  expect(
    mergeCalls([{ tags: 'a', alias: 'x' }, { tags: ['b'], alias: 'y', meta: { k: 1 } }, { meta: { l: 2 } }]),
  ).toEqual({
    tags: ['a', 'b'],
    alias: 'y',
    meta: { k: 1, l: 2 },
  });
});

test('dbt puts the upper list in front when it merges deeply', () => {
  expect(deepMerge({ a: ['x'], b: { c: 1 } }, { a: ['y'], b: { d: 2 } })).toEqual({ a: ['y', 'x'], b: { c: 1, d: 2 } });
});
