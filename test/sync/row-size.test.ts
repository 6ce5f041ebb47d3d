import { expect, test } from 'vitest';
import { rowBytes } from '../../src/sync/run/row-size.ts';

const field = (text: string | null): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(text === null ? -1 : text.length);
  return Buffer.concat([length, Buffer.from(text ?? '')]);
};
const row = (...fields: (string | null)[]): Buffer => {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  return Buffer.concat([count, ...fields.map(field)]);
};

test('only whole rows count, in either format', () => {
  const first = row('abc', null);
  const second = row('', 'x');
  const both = Buffer.concat([first, second]);
  expect(rowBytes(both, 'binary')).toBe(both.length / 2);
  expect(rowBytes(Buffer.concat([both, second.subarray(0, 9)]), 'binary')).toBe(both.length / 2);
  expect(rowBytes(first.subarray(0, 5), 'binary')).toBeUndefined();
  expect(rowBytes(Buffer.from('a\tb\nccc\td\\nd\nhalf'), 'text')).toBe((4 + 9) / 2);
  expect(rowBytes(Buffer.from('half'), 'text')).toBeUndefined();
});
