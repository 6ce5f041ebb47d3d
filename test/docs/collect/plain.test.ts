import { expect, it } from 'vitest';
import { plain } from '../../../src/docs/collect/plain.ts';

const mask = (text: string): string => text.replaceAll('hunter2', '*****');

it('takes secrets out of every text, however deep', () => {
  const value = { a: ['x', { b: 'is hunter2' }], c: { toJSON: () => ['hunter2', 1n] }, d: null, e: undefined };
  expect(plain<unknown>(value, mask)).toEqual({
    a: ['x', { b: 'is *****' }],
    c: ['*****', '1'],
    d: null,
    e: undefined,
  });
  expect(value.a[1]).toEqual({ b: 'is hunter2' });
});

it('makes nothing of what is plain', () => {
  const value = { a: [1, 'x', { b: [] }] };
  expect(plain(value, mask)).toBe(value);
});

it('keeps a key of any name', () => {
  const value = JSON.parse('{"__proto__": {"a": "hunter2"}, "constructor": "hunter2"}') as object;
  expect(JSON.stringify(plain(value, mask))).toBe('{"__proto__":{"a":"*****"},"constructor":"*****"}');
});
