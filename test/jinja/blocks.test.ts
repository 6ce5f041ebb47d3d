import { describe, expect, it } from 'vitest';
import { scanBlocks } from '../../src/jinja/index.ts';

const scan = (source: string, collectRaw = false) =>
  scanBlocks(source, { blocks: ['macro', 'snapshot', 'docs'], collectRaw });

describe('blocks at the top of a file', () => {
  it('gives each with its name, insides, place and line', () => {
    const source = 'text\n{% macro a(x) %}in{{ x }}{% endmacro %}\n\n{% docs d %}# hi{% enddocs %}';
    expect(scan(source)).toEqual([
      {
        type: 'macro',
        name: 'a',
        fullBlock: '{% macro a(x) %}in{{ x }}{% endmacro %}',
        contents: 'in{{ x }}',
        start: 5,
        end: 44,
        line: 2,
      },
      expect.objectContaining({ type: 'docs', name: 'd', contents: '# hi', line: 4 }),
    ]);
  });

  it('gives the text between blocks where it is asked for', () => {
    const found = scan('a{% macro m() %}{% endmacro %}b', true);
    expect(found.map(({ type, contents }) => [type, contents])).toEqual([
      ['__dbt__data', 'a'],
      ['macro', ''],
      ['__dbt__data', 'b'],
    ]);
  });

  it('counts the space that a stripping tag takes to the block', () => {
    expect(scan('a\n {%- macro m() -%} x {%- endmacro -%}\n b')[0]).toMatchObject({
      fullBlock: '\n {%- macro m() -%} x {%- endmacro -%}\n ',
      contents: 'x',
      line: 2,
    });
  });

  it('does not look into comments, strings, expressions and raw blocks', () => {
    const source =
      "{# {% macro no() %} #}{% macro yes(a='%}') %}{{ '{% endmacro %}' }}{% raw %}{% endmacro %}{% endraw %}{% endmacro %}";
    expect(scan(source).map(({ name }) => name)).toEqual(['yes']);
  });

  it.each([
    ['{% macro a() %}', 'Reached EOF without finding a close tag for macro (searched from line 1)'],
    ['{% if x %}{% macro a() %}{% endmacro %}{% endif %}', 'Got a block definition inside control flow at 1:10'],
    ['{% macro a() %}{% macro b() %}{% endmacro %}', 'Got nested tags: macro (started at 0)'],
    ['{% endif %}', 'got endif but never saw a preceeding if (@ 1:0)'],
    ['\n{% for a in b %}{% endif %}', 'got endif but expected endfor next (@ 2:16)'],
    ['{# open', 'unexpected EOF, expected #}'],
    ["{{ 'open }}", 'unexpected EOF, expected string'],
  ])('refuses %s', (source, message) => {
    expect(() => scan(source)).toThrow(message);
  });
});
