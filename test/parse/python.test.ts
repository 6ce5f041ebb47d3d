import { describe, expect, test } from 'vitest';
import { pyRepr, pyStr } from '../../src/parse/python.ts';
import { PlainDate, WholeFloat } from '../../src/util/data.ts';

// What CPython 3.11 prints.
const PRINTED: readonly (readonly [unknown: Parameters<typeof pyRepr>[0], repr: string])[] = [
  ["it's", `"it's"`],
  ['a"b', `'a"b'`],
  [`'"`, `'\\'"'`],
  ['é\x00\n\t\\', `'é\\x00\\n\\t\\\\'`],
  ['\u00a0\u200b\u{1f600}', `'\\xa0\\u200b😀'`],
  [1, '1'],
  [-0.5, '-0.5'],
  [1.5e-7, '1.5e-07'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [123456789.125, '123456789.125'],
  [new WholeFloat(1), '1.0'],
  [new WholeFloat(1e16), '1e+16'],
  [2n ** 70n, '1180591620717411303424'],
  [true, 'True'],
  [null, 'None'],
  [['a', [1, null]], `['a', [1, None]]`],
  [{ a: 1, b: { c: false } }, `{'a': 1, 'b': {'c': False}}`],
  [new PlainDate('2024-01-02', 'date'), 'datetime.date(2024, 1, 2)'],
  [new PlainDate('2024-01-02 03:04:00', 'datetime'), 'datetime.datetime(2024, 1, 2, 3, 4)'],
];

describe('pyRepr', () => {
  test.each(PRINTED)('%o', (value, printed) => {
    expect(pyRepr(value)).toBe(printed);
  });
});

test('str() leaves texts and dates without quotes', () => {
  expect(pyStr("it's")).toBe("it's");
  expect(pyStr(new PlainDate('2024-01-02', 'date'))).toBe('2024-01-02');
  expect(pyStr(['a'])).toBe("['a']");
});
