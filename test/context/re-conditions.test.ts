import { describe, expect, it } from 'vitest';
import { dbtEnvironment } from '../../src/context/index.ts';
import { runSync, scopeOf } from '../../src/jinja/index.ts';
import { runtimeContext, world } from './support.ts';

const scope = runtimeContext(world()).scope;
const render = (source: string, names: Record<string, unknown> = {}) =>
  runSync(dbtEnvironment('runtime').compile(source).render(scopeOf(names, scope)));

describe('a pattern that asks whether a group took part', () => {
  const found = (pattern: string, text: string) => render('{{ modules.re.findall(pattern, text) }}', { pattern, text });

  it.each([
    [String.raw`(<)?(\w+@\w+)(?(1)>|$)`, '<a@b>', "[('<', 'a@b')]"],
    [String.raw`(<)?(\w+@\w+)(?(1)>|$)`, 'a@b', "[('', 'a@b')]"],
    [String.raw`(<)?(\w+@\w+)(?(1)>|$)`, '<a@b', "[('', 'a@b')]"],
    ['(?P<q>")?x(?(q)")', '"x" x', `['"', '']`],
    ['(a)?(?(1)b|[^b])', 'abacb', "['a', '', '']"],
    [String.raw`(a)?.(?(1)\Z|$)`, 'ab', "['a']"],
  ])('%s in %s', (pattern, text, expected) => {
    expect(found(pattern, text)).toBe(expected);
  });

  it('is refused as Python refuses it', () => {
    expect(() => found('(?(2)a)(b)', '')).toThrow('invalid group reference 2 at position 3');
    expect(() => found('(a)(?(1)b|c|d)', '')).toThrow('conditional backref with more than two branches at position 11');
    expect(() => found('(?(x)a)', '')).toThrow("unknown group name 'x' at position 3");
    expect(() => found(String.raw`(a\1)`, '')).toThrow('cannot refer to an open group at position 2');
  });
});
