import { describe, expect, it } from 'vitest';
import { hostFunction, JinjaEnvironment, runSync, scopeOf } from '../../src/jinja/index.ts';

const env = new JinjaEnvironment();

describe('which template line an output line came from', () => {
  it('follows text, values, loops and macros', () => {
    const source = [
      '{% macro cols() %}',
      'a,',
      'b',
      '{%- endmacro %}',
      'select {{ cols() }}',
      '{%- for i in [1, 2] %}',
      '  , c{{ i }}',
      '{%- endfor %}',
      'from {{ two() }}',
      'where 1',
    ].join('\n');
    const scope = scopeOf({ two: hostFunction('two', () => 'x\ny') });
    const { text, lines } = runSync(env.compile(source).renderMapped(scope));
    const pairs = text.split('\n').map((line, i) => [lines[i], line]);
    expect(pairs.slice(1)).toEqual([
      [5, 'select '],
      [5, 'a,'],
      [5, 'b'],
      [7, '  , c1'],
      [7, '  , c2'],
      [9, 'from x'],
      [9, 'y'],
      [10, 'where 1'],
    ]);
  });

  it('gives the same text as an ordinary render, and counts from the first line in the file', () => {
    const template = env.compile('a\n{% set x %}q\nr{% endset %}{{ x }}\nb', { firstLine: 4 });
    const { text, lines } = runSync(template.renderMapped());
    expect(text).toBe(runSync(template.render()));
    expect(lines).toEqual([4, 5, 6, 7]);
  });
});
