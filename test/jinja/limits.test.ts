import { afterEach, describe, expect, it } from 'vitest';
import { hostFunction, JinjaEnvironment, limitSteps, runAsync, runSync, scopeOf } from '../../src/jinja/index.ts';

const env = new JinjaEnvironment();
const later = hostFunction('later', async ([value]) => value);
const scope = scopeOf({ later, xs: [1, 2, 3] });
const render = (source: string) => runSync(env.compile(source).render(scope));

describe('no template holds the process up', () => {
  afterEach(() => limitSteps(20_000_000));

  const endless = {
    'loops in loops': '{% for x in range(9999) %}{% for y in range(9999) %}{% endfor %}{% endfor %}',
    'a loop over what it adds to': '{% for x in xs %}{% do xs.append(x) %}{% endfor %}',
    'a loop whose test is never passed': '{% for x in range(99999) if false %}{{ loop.index }}{% endfor %}',
    'macros that call each other twice':
      '{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}',
    'words without number': '{{ lipsum(n=1000000000) | length }}',
  };
  for (const [what, source] of Object.entries(endless)) {
    it(what, () => {
      limitSteps(50_000);
      expect(() => render(source)).toThrow('--template-steps raises the limit');
    });
  }

  it('and the limit can be raised and taken away', () => {
    const source = '{% for x in range(2000) %}{% endfor %}done';
    limitSteps(1000);
    expect(() => render(source)).toThrow('more than 1000 steps');
    limitSteps(2000);
    expect(render(source)).toBe('done');
    limitSteps(0);
    expect(render(source)).toBe('done');
  });

  it('and counts a stretch only: waiting begins anew', async () => {
    limitSteps(1500);
    const source = '{% for x in range(1000) %}{% endfor %}{{ later(1) }}{% for x in range(1000) %}{% endfor %}';
    expect(await runAsync(env.compile(source).render(scope))).toBe('1');
    expect(() => render(source.replace('later(1)', '1'))).toThrow('more than 1500 steps');
  });
});

describe('no value takes all memory', () => {
  const growing = [
    '{% set n = namespace(v=[1]) %}{% for i in range(99) %}{% set n.v = n.v + n.v %}{% endfor %}',
    "{% set n = namespace(v='a') %}{% for i in range(99) %}{% set n.v = n.v ~ n.v %}{% endfor %}",
    '{% set n = namespace(v=10) %}{% for i in range(99) %}{% set n.v = n.v ** 10 %}{% endfor %}',
    "{{ 'a' * 10**10 }}",
    '{{ [1] * 10**10 }}',
    '{{ [1] | batch(10**10, 1) | list }}',
    '{{ [1] | slice(10**10) | list }}',
    "{{ 'a'.ljust(10**12) }}",
    "{{ '%10000000000d' % 1 }}",
    "{{ '{:10000000000}'.format(1) }}",
    "{{ 'a' | indent(10**12) }}",
  ];
  for (const source of growing) {
    it(source, () => {
      expect(() => render(source)).toThrow(expect.objectContaining({ kind: 'MemoryError' }));
    });
  }

  it('and ranges and the digits of integers end where they do in Python', () => {
    expect(() => render('{{ range(100001) }}')).toThrow('Range too big');
    expect(() => render('{{ 10 ** 4300 }}')).toThrow('Exceeds the limit (4300 digits)');
    expect(render('{{ (10 ** 4299) | string | length }}')).toBe('4300');
  });
});
