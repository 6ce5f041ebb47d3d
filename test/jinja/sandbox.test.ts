import { describe, expect, it } from 'vitest';
import {
  fromData,
  hostFunction,
  JinjaEnvironment,
  JinjaError,
  PyObject,
  runSync,
  scopeOf,
} from '../../src/jinja/index.ts';

class Host extends PyObject {
  readonly secret = 'secret';
  pyTypeName(): string {
    return 'Host';
  }
  override pyAttr(name: string): unknown {
    return name === 'open' ? 'open' : undefined;
  }
}

const env = new JinjaEnvironment();
const scope = scopeOf({
  host: new Host(),
  fn: hostFunction('fn', () => 1),
  data: fromData({ a: { b: [1] } }),
  text: 'x',
  list: [1],
});
const render = (source: string) => runSync(env.compile(source).render(scope));

describe('templates reach only what values show', () => {
  const targets = [
    'host',
    'fn',
    'data',
    'data.a',
    'text',
    'list',
    '1',
    '1.5',
    'none',
    '(1,)',
    'range(2)',
    'namespace()',
    'list.append',
  ];
  const names = [
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'secret',
    'push',
    'at',
    'call',
  ];
  for (const target of targets) {
    it(`of ${target}`, () => {
      for (const name of names) {
        expect(render(`{{ (${target}).${name} is defined }}`), name).toBe('False');
        expect(render(`{{ (${target})['${name}'] is defined }}`), name).toBe('False');
        expect(render(`{{ (${target}) | attr('${name}') is defined }}`), name).toBe('False');
      }
    });
  }

  it('and host objects show what they want to', () => {
    expect(render('{{ host.open }}')).toBe('open');
  });

  it("and names of JavaScript's objects are not filters, tests or globals", () => {
    expect(render('{{ toString is defined }}{{ constructor is defined }}')).toBe('FalseFalse');
    expect(() => env.compile('{{ 1 | constructor }}')).toThrow("No filter named 'constructor'.");
    expect(() => env.compile('{{ 1 is toString }}')).toThrow("No test named 'toString'.");
    expect(render("{{ 'constructor' is filter }}{{ '__proto__' is test }}")).toBe('FalseFalse');
  });

  it('and text cannot become code', () => {
    const nasty = ['`$', '{1}\\u0027"\'\u2028\u2029*/ }catch(e){}'].join('');
    expect(runSync(env.compile(`${nasty}{{ x }}`).render(scopeOf({ x: nasty })))).toBe(nasty + nasty);
    expect(runSync(env.compile("{% set x = '\\\\\"}`' %}{{ {'\"`': x}['\"`'] }}").render())).toBe('\\"}`');
    expect(runSync(env.compile('{% set await = 1 %}{% set arguments = 2 %}{{ await }}{{ arguments }}').render())).toBe(
      '12',
    );
  });

  it('and functions of the host get safe text as a string', () => {
    const kind = hostFunction('kind', ([value]) => typeof value);
    expect(runSync(env.compile("{{ kind('a' | safe) }}{{ kind([1] | tojson) }}").render(scopeOf({ kind })))).toBe(
      'stringstring',
    );
  });

  it('and private attributes raise when they are used', () => {
    expect(() => render("{{ ''.__class__.__mro__ }}")).toThrow(JinjaError);
    expect(() => render('{{ range(100001) }}')).toThrow('Range too big');
  });
});
