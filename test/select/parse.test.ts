import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SelectorDefinition } from '../../src/model/index.ts';
import {
  type Criterion,
  parseCriterion,
  parseDefinition,
  parseSelection,
  parseSelectors,
  printCriterion,
  select,
  specFromArguments,
} from '../../src/select/index.ts';
import type { Data, DataMap } from '../../src/util/data.ts';
import { graph, list } from './shop.ts';

const word = fc.stringMatching(/^[a-z_*][a-z0-9_.*]{0,12}$/);
const criterion: fc.Arbitrary<Criterion> = fc
  .record({
    method: fc.constantFrom('fqn', 'tag', 'path', 'source', 'package', 'test_name'),
    value: word,
    parents: fc.boolean(),
    parentsDepth: fc.option(fc.integer({ min: 1, max: 99 })),
    reach: fc.constantFrom('none', 'children', 'at'),
    childrenDepth: fc.option(fc.integer({ min: 1, max: 99 })),
  })
  .map(({ reach, parentsDepth, childrenDepth, ...rest }) => ({
    ...rest,
    kind: 'criterion',
    raw: '',
    arguments: [],
    parentsDepth: rest.parents ? parentsDepth : null,
    childrensParents: reach === 'at',
    children: reach === 'children',
    childrenDepth: reach === 'children' ? childrenDepth : null,
    indirect: 'eager',
  }));

const pick = fc.constantFrom(
  ...['tag:mart', 'staging', '+dim_customers', 'stg_orders+1', '@stg_eph', 'test_type:data', 'source:*', 'fct_*'],
  ...['config.materialized:view', 'resource_type:seed', 'access:public', 'nothing', 'group:finance,version:none'],
);
const selector = (name: string, definition: Data, isDefault = false): SelectorDefinition => ({
  name,
  definition,
  description: '',
  default: isDefault,
  written: {},
});
const ids = (...args: string[]) => [...list(args).ids].sort();

describe('one criterion', () => {
  test('reads back what it prints', () => {
    fc.assert(
      fc.property(criterion, (given) => {
        expect({ ...parseCriterion(printCriterion(given), 'eager'), raw: '' }).toEqual(given);
      }),
    );
  });

  test.each([
    ['models/marts', 'path'],
    ['stg_orders.sql', 'file'],
    ['seed.CSV', 'file'],
    ['stg_orders', 'fqn'],
    ['config.meta.owner:data', 'config'],
  ])('%s is of method %s', (text, method) => expect(parseCriterion(text, 'eager').method).toBe(method));

  test('the method keeps its arguments', () => {
    expect(parseCriterion('config.meta.owner:data', 'eager').arguments).toEqual(['meta', 'owner']);
  });

  test('@ and a trailing + contradict each other', () => {
    expect(() => parseCriterion('@a+', 'eager')).toThrow('"@" prefix and "+" suffix are incompatible');
  });

  test('an unknown method names itself', () => {
    expect(() => parseCriterion('macro:x', 'eager')).toThrow("'macro' is not a valid method name");
  });
});

describe('sets', () => {
  test('a union does not depend on the order', () => {
    fc.assert(
      fc.property(pick, pick, (a, b) => {
        expect(ids('--select', a, b)).toEqual(ids('--select', `${b} ${a}`));
      }),
    );
  });

  test('an intersection is within each part', () => {
    fc.assert(
      fc.property(pick, pick, (a, b) => {
        const both = ids('--select', `${a},${b}`);
        const single = new Set(ids('--select', a));
        expect(both.every((id) => single.has(id))).toBe(true);
      }),
    );
  });

  test('exclude only takes away, and just what it selects', () => {
    fc.assert(
      fc.property(pick, pick, (a, b) => {
        const excluded = new Set(ids('--select', b));
        expect(ids('--select', a, '--exclude', b)).toEqual(ids('--select', a).filter((id) => !excluded.has(id)));
      }),
    );
  });
});

describe('definitions of selectors.yml', () => {
  const run = (definition: Parameters<typeof parseDefinition>[0], indirect: 'eager' | 'cautious' = 'eager') =>
    [...select({ graph, spec: parseDefinition(definition, indirect), projectName: 'shop' }).ids].sort();
  const text = (...args: string[]) => {
    const spec = parseSelection({ select: args, indirect: 'eager' });
    return [...select({ graph, spec, projectName: 'shop' }).ids].sort();
  };

  test('a string is the grammar of the command line', () => {
    expect(run('1+dim_customers')).toEqual(text('1+dim_customers'));
  });

  test('one key is method and value', () => {
    expect(run({ tag: 'mart' })).toEqual(text('tag:mart'));
  });

  test('operators by name', () => {
    const definition = { method: 'fqn', value: 'dim_customers', parents: true, parents_depth: 1, children: true };
    expect(run(definition)).toEqual(text('1+dim_customers+'));
    expect(run({ method: 'fqn', value: 'stg_eph', childrens_parents: true })).toEqual(text('@stg_eph'));
  });

  test('intersection, nested union, exclude', () => {
    const definition: DataMap = {
      intersection: [{ union: ['tag:mart', 'tag:staging'] }, 'config.materialized:table', { exclude: ['hooked'] }],
    };
    const without = new Set(text('hooked'));
    expect(run(definition)).toEqual(
      text('tag:mart,config.materialized:table', 'tag:staging,config.materialized:table').filter(
        (id) => !without.has(id),
      ),
    );
  });

  test('a criterion may carry its own exclude and its own way with tests', () => {
    expect(run({ method: 'tag', value: 'staging', exclude: ['stg_eph', 'stg_eph2'] })).not.toContain(
      'model.shop.stg_eph',
    );
    const alone = run({ method: 'fqn', value: 'stg_orders', indirect_selection: 'empty' });
    expect(alone).toEqual(['model.shop.stg_orders']);
  });

  test.each([
    [{ union: ['a'], intersection: ['b'] }, "Only a single 'union' or 'intersection' key is allowed"],
    [{ union: [{ exclude: ['a'] }, { exclude: ['b'] }] }, 'multiple exclude arguments'],
    [{ method: 'tag', other: 'x' }, 'Expected either 1 key or else "method" and "value"'],
    [{ union: 'tag:a' }, 'Expected a list'],
    [['tag:a'], 'Expected to find union, intersection, str or dict'],
    [{ method: 'tag', value: 'a', indirect_selection: 'all' }, "'all' is not a valid IndirectSelection"],
  ])('%j is refused', (definition, message) => {
    expect(() => parseDefinition(definition as never, 'eager')).toThrow(message);
  });

  test('a selector of selectors, and a circle of them', () => {
    const definitions = [
      selector('marts', 'tag:mart'),
      selector('without_tests', { union: ['selector:marts', { exclude: ['resource_type:test'] }] }, true),
      selector('a', 'selector:b'),
      selector('b', 'selector:a'),
    ];
    const selectors = parseSelectors(definitions, 'eager');
    const named = (selector: string) => {
      const { spec } = specFromArguments({ selector, indirect: 'eager' }, selectors);
      return [...select({ graph, spec, projectName: 'shop', selectors }).ids].sort();
    };
    expect(named('without_tests')).toEqual(text('tag:mart').filter((id) => !id.startsWith('test.')));
    expect(() => named('a')).toThrow('Circular dependency detected in selector: b -> a -> b');
    expect(specFromArguments({ indirect: 'eager' }, selectors).events).toEqual([
      { name: 'DefaultSelector', data: { name: 'without_tests' } },
    ]);
    const beside = specFromArguments({ selector: 'marts', select: ['x'], indirect: 'eager' }, selectors);
    expect(beside).toEqual(specFromArguments({ selector: 'marts', indirect: 'eager' }, selectors));
    expect(() => specFromArguments({ selector: 'no', indirect: 'eager' }, selectors)).toThrow(
      "Could not find selector named no, expected one of ['marts', 'without_tests', 'a', 'b']",
    );
  });

  test('two defaults are refused', () => {
    const two = [selector('x', 'a', true), selector('y', 'a', true)];
    expect(() => parseSelectors(two, 'eager')).toThrow('x and y');
  });
});
