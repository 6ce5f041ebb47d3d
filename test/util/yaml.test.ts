import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isTsdbtError } from '../../src/error/index.ts';
import { PlainDate, WholeFloat } from '../../src/util/data.ts';
import { readYaml } from '../../src/util/yaml.ts';

/** Each text with what PyYAML 6.0.3's SafeLoader made of it. */
const cases = JSON.parse(readFileSync(new URL('./fixtures/pyyaml.json', import.meta.url), 'utf8')) as [
  string,
  unknown,
][];

/** The fixture's notation for values that JSON lacks; maps as lists of pairs, so that the order counts. */
function encode(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { $float: String(value).toLowerCase().replace('infinity', 'inf') };
  }
  if (value instanceof WholeFloat) return { $float: `${Object.is(value.value, -0) ? '-0' : value.value}.0` };
  if (value instanceof PlainDate) return { [`$${value.kind}`]: value.iso };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === 'object' && value !== null) {
    return { $map: Object.entries(value).map(([key, item]) => [key, encode(item)]) };
  }
  return Object.is(value, -0) ? 0 : value;
}

function outcome(text: string): unknown {
  try {
    return encode(readYaml(text, 'x.yml').data);
  } catch (error) {
    if (!isTsdbtError(error)) throw error;
    return { $error: error.message };
  }
}

describe('reads as PyYAML does', () => {
  test.each(cases)('%j', (text, expected) => {
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
