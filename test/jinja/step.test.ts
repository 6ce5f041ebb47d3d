import { describe, expect, it } from 'vitest';
import {
  hostFunction,
  JinjaEnvironment,
  JinjaError,
  runAsync,
  runSync,
  type Step,
  scopeOf,
} from '../../src/jinja/index.ts';

const env = new JinjaEnvironment();
const later = hostFunction('later', ([value]) => Promise.resolve(value));
const stepping = hostFunction('stepping', function* ([value]): Step<unknown> {
  return [yield Promise.resolve(value), value];
});
const failing = hostFunction('failing', () => Promise.reject(new Error('the server is gone')));
const scope = scopeOf({ later, stepping, failing });
const render = (source: string) => runAsync(env.compile(source).render(scope));

describe('a render that waits', () => {
  it('waits in expressions, conditions, loops and assignments', async () => {
    expect(await render('{{ later(1) + later(2) }}')).toBe('3');
    expect(await render('{% if later(false) or later(0) %}a{% else %}b{% endif %}')).toBe('b');
    expect(await render('{% for x in later([1, 2]) if later(x > 1) %}{{ x }}{% endfor %}')).toBe('2');
    expect(await render('{% set x %}<{{ stepping(1) }}>{% endset %}{{ x }}')).toBe('<[1, 1]>');
  });

  it('waits inside macros, call blocks and recursive loops', async () => {
    expect(
      await render(
        '{% macro m(a=later(5)) %}{{ later(a) }}{{ caller() }}{% endmacro %}{% call m() %}{{ later("c") }}{% endcall %}',
      ),
    ).toBe('5c');
    expect(
      await render('{% for x in [[1], [2]] recursive %}{{ loop(x) if x is iterable else later(x) }}{% endfor %}'),
    ).toBe('12');
  });

  it('throws a rejection at the place that waits', async () => {
    await expect(render('{{ failing() }}')).rejects.toThrow('the server is gone');
  });

  it('gives the same text synchronously where nothing waits, and refuses where something does', () => {
    expect(runSync(env.compile('{{ 1 + 1 }}').render(scope))).toBe('2');
    expect(() => runSync(env.compile('{{ later(1) }}').render(scope))).toThrow(JinjaError);
  });

  it('waits inside a macro that is the key of a sort', async () => {
    const sort = (key: string) =>
      `{% macro m(x) %}{{ ${key} }}{% endmacro %}{% set l = [1, 3, 2] %}{% do l.sort(key=m) %}{{ l }}`;
    expect(await render(sort("'%03d' % (9 - x)"))).toBe('[3, 2, 1]');
    expect(await render(sort('9 - later(x)|int'))).toBe('[3, 2, 1]');
    expect(await render(sort('later(x)'))).toBe('[1, 2, 3]');
    expect(() => runSync(env.compile(sort('later(x)')).render(scope))).toThrow('a query is not possible here');
  });

  it('keeps two renders of one template apart', async () => {
    const template = env.compile('{% set x = later(n) %}{{ x }}{{ later(n) }}');
    const runs = ['a', 'b', 'c'].map((n) => runAsync(template.render(scopeOf({ n }, scope))));
    expect(await Promise.all(runs)).toEqual(['aa', 'bb', 'cc']);
  });
});
