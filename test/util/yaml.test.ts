import { describe, expect, test } from 'vitest';
import { isTsdbtError } from '../../src/error/index.ts';
import { readYaml } from '../../src/util/yaml.ts';
import { cases, DIFFERENT, encode } from './pyyaml-cases.ts';

function outcome(text: string): unknown {
  try {
    return encode(readYaml(text, 'x.yml').data);
  } catch (error) {
    if (!isTsdbtError(error)) throw error;
    return { $error: error.message };
  }
}

describe('reads as PyYAML does', () => {
  test.each(cases.filter(([text]) => !DIFFERENT.has(text)))('%j', (text, expected) => {
    const actual = outcome(text);
    if (typeof expected === 'object' && expected !== null && '$error' in expected) {
      expect(actual).toHaveProperty('$error');
    } else expect(actual).toEqual(expected);
  });
});

describe('positions and messages', () => {
  const text = 'models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique, {x: 1}]\n';

  test.each([
    [['models', 0, 'name'], 2, 11],
    [['models', 0, 'columns'], 3, 5],
    [['models', 0, 'columns', 0, 'tests', 0], 5, 17],
    [['models', 0, 'columns', 0, 'tests', 1, 'x'], 5, 29],
    [['models', 0, 'missing', 'deeper'], 2, 5],
    [['nothing'], 1, 1],
  ])('%j stands at line %i, column %i', (path, line, col) => {
    expect(readYaml(text, 'm.yml').at(path)).toEqual({ file: 'm.yml', line, col });
  });

  test('follows an alias to where the value is written', () => {
    expect(readYaml('a: &x\n  b: 1\nc: *x\n', 'm.yml').at(['c', 'b'])).toMatchObject({ line: 2, col: 6 });
  });

  test('an error says where', () => {
    expect(() => readYaml('a: 1\nb: [x\nc: 2\n', 'm.yml')).toThrow(
      expect.objectContaining({ code: 'TSD1002', at: expect.objectContaining({ file: 'm.yml', line: 3 }) }),
    );
  });

  test('an unquoted template is told to be quoted', () => {
    expect(() => readYaml('a: {{ x }}\n', 'm.yml')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('quotes'), at: { file: 'm.yml', line: 1, col: 5 } }),
    );
  });

  test('a key given twice is a warning, and the last one counts', () => {
    const { data, warnings } = readYaml('a: 1\nb: 2\na: 3\n', 'm.yml');
    expect(data).toEqual({ a: 3, b: 2 });
    expect(warnings).toEqual([
      { message: `Duplicate key 'a' in "m.yml", line 3, column 1`, at: { file: 'm.yml', line: 3, col: 1 } },
    ]);
  });
});
