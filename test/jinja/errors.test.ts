import { describe, expect, it } from 'vitest';
import {
  hostFunction,
  JinjaEnvironment,
  JinjaError,
  runSync,
  scopeOf,
  type TemplateFrame,
} from '../../src/jinja/index.ts';

const env = new JinjaEnvironment();

function failure(run: () => unknown): JinjaError {
  try {
    run();
  } catch (error) {
    if (error instanceof JinjaError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('errors', () => {
  const source =
    'a\n{% macro inner() %}\n{{ none.x.y }}\n{% endmacro %}\n{% macro outer() %}{{ inner() }}{% endmacro %}\n\n{{ outer() }}';

  it('carry the lines and macros they passed, innermost first, counted in the file', () => {
    const error = failure(() => runSync(env.compile(source, { file: 'models/m.sql', firstLine: 11 }).render()));
    expect(error).toMatchObject({ kind: 'UndefinedError', message: "'None' has no attribute 'x'", line: 13 });
    expect(error.templateFrames).toMatchObject([
      { line: 13, macro: 'inner', file: 'models/m.sql' },
      { line: 15, macro: 'outer', file: 'models/m.sql' },
      { line: 17, macro: undefined, file: 'models/m.sql' },
    ]);
  });

  it('of the syntax carry line and file', () => {
    const error = failure(() => env.compile('\n{% if %}', { file: 'models/m.sql', firstLine: 11 }));
    expect(error).toMatchObject({ kind: 'TemplateSyntaxError', line: 12, file: 'models/m.sql' });
  });

  it('that are not ours pass untouched, with frames where they have a list for them', () => {
    const signal = { value: 1, templateFrames: [] as TemplateFrame[] };
    const stop = hostFunction('stop', () => {
      throw signal;
    });
    let caught: unknown;
    try {
      runSync(env.compile('\n{{ stop() }}').render(scopeOf({ stop })));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(signal);
    expect(signal.templateFrames).toMatchObject([{ line: 2, macro: undefined, file: undefined }]);
  });

  it('know their Python parents', () => {
    const error = failure(() => runSync(env.compile('{{ x.y }}').render()));
    expect([error.isA('TemplateRuntimeError'), error.isA('TypeError'), error.isA('Exception')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('say what was most likely meant by a name that is not there', () => {
    const names = { customers: 1, orders: 2 };
    const hint = (text: string) => failure(() => runSync(env.compile(text).render(scopeOf(names)))).hint;
    expect(hint('{{ custmers.x }}')).toBe("Did you mean 'customers'?");
    expect(hint('{% set order_ids = 1 %}{{ order_id() }}')).toBe("Did you mean 'order_ids'?");
    expect(hint('{{ naemspace() }}')).toBe("Did you mean 'namespace'?");
    expect(hint("{{ 'a' | uper }}")).toBe("Did you mean 'upper'?");
    expect(hint('{{ 1 is definde }}')).toBe("Did you mean 'defined'?");
    expect(hint('{{ nothing_like_it() }}')).toBeUndefined();
    expect(hint('{{ customers.ordrs.x }}')).toBeUndefined();
  });

  it('of endless recursion end the render, not the process', () => {
    const error = failure(() => runSync(env.compile('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}').render()));
    expect(error.kind).toBe('RecursionError');
  });

  it('of values that would not fit in memory are raised, not tried', () => {
    expect(failure(() => runSync(env.compile('{{ [1] * 10000000000 }}').render())).kind).toBe('MemoryError');
    expect(failure(() => runSync(env.compile("{{ 'a' * 10000000000 }}").render())).kind).toBe('MemoryError');
  });
});
