import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareValues,
  Dict,
  equals,
  fromData,
  hashKey,
  JinjaEnvironment,
  PyFloat,
  parseLiteral,
  repr,
  runSync,
  scopeOf,
  toData,
  tuple,
  type Value,
} from '../../src/jinja/index.ts';
import { type Data, WholeFloat } from '../../src/util/data.ts';

const data: fc.Arbitrary<Data> = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Number.isInteger(x) ? new WholeFloat(x) : x)),
    fc.bigInt({ min: 2n ** 60n, max: 2n ** 80n }),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('data'), { maxKeys: 4 }),
  ),
})).data;

const key: fc.Arbitrary<Value> = fc.oneof(
  fc.string(),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -3, max: 3 }).map((x) => new PyFloat(x / 2)),
  fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.integer({ min: 0, max: 2 })), { maxLength: 2 }).map(tuple),
);

describe('values', () => {
  it('carry plain data there and back', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(toData(fromData(value))).toEqual(value);
      }),
    );
  });

  it('print as literals that read back as equal values', () => {
    fc.assert(
      fc.property(data, (given) => {
        const value = fromData(given);
        const text = repr(value);
        const read = parseLiteral(text);
        expect(read === undefined ? text : equals(read, value)).toBe(true);
      }),
    );
  });

  it('that are equal are one key, and others are not', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(hashKey(a) === hashKey(b)).toBe(equals(a, b));
      }),
    );
  });

  it('fill a dict as a list of pairs searched by equality would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer())), (entries) => {
        const dict = new Dict(entries);
        const model: [Value, number][] = [];
        for (const [k, v] of entries) {
          const found = model.find(([other]) => equals(other, k));
          if (found === undefined) model.push([k, v]);
          else found[1] = v;
        }
        expect(repr(dict)).toBe(`{${model.map(([k, v]) => `${repr(k)}: ${v}`).join(', ')}}`);
      }),
    );
  });

  it('are ordered by code points, as Python orders text', () => {
    const points = (text: string) => Array.from(text, (char) => char.codePointAt(0)!);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareValues(a, b))).toBe(Math.sign(compareValues(points(a), points(b))));
      }),
    );
  });
});

describe('text without tags', () => {
  const env = new JinjaEnvironment({ keepTrailingNewline: true });

  it('is its own output, but for the ends of lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/\{[{%#]/.test(text));
        expect(runSync(env.compile(text).render())).toBe(text.replace(/\r\n?/g, '\n'));
      }),
    );
  });

  it('comes out of a variable and of a literal unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(runSync(env.compile('{{ x }}').render(scopeOf({ x: text })))).toBe(text);
        expect(runSync(env.compile(`{{ ${repr(text)} }}`).render())).toBe(text);
      }),
    );
  });
});
