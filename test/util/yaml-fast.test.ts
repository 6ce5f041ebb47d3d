import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isTsdbtError } from '../../src/error/index.ts';
import { construct } from '../../src/util/yaml/construct.ts';
import { readFast } from '../../src/util/yaml/fast/index.ts';
import { cases, DIFFERENT, encode } from './pyyaml-cases.ts';

/** What the other reader makes of a text, or why it refuses it. */
function slowly(text: string): { data?: unknown; refused?: string } {
  try {
    return { data: encode(construct(text, 'x.yml').data) };
  } catch (error) {
    if (isTsdbtError(error)) return { refused: error.message };
    throw error;
  }
}
const scalar = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[ -~\n]{0,40}$/),
  fc.stringMatching(/^(?:[a-z{}'":#,[\]&*!|>%@?=-]| |\n){0,30}$/),
  fc.constantFrom('yes', '1.0', '2024-01-01', '~', "{{ env_var('X') }}", '1_000', 'a: b', '- x', '# c', ''),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const document = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z_ +-]{1,8}$/), tie('node'), { maxKeys: 4 }),
  ),
})).node;
const style = fc.record({
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  indentSeq: fc.boolean(),
  indent: fc.constantFrom(2, 4),
  lineWidth: fc.constantFrom(0, 20, 80),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
} as const);
const text = fc.tuple(document, style).map(([data, options]) => stringify(data, { ...options, version: '1.1' }));

describe('the fast reader', () => {
  test.each(cases.filter(([given]) => !DIFFERENT.has(given)))(
    'agrees with PyYAML or gives up: %j',
    (given, expected) => {
      const fast = readFast(given);
      if (fast !== undefined) expect(encode(fast)).toEqual(expected);
    },
  );

  test('reads well-formed texts as the other reader does, and most of them', () => {
    let read = 0;
    let all = 0;
    fc.assert(
      fc.property(text, (given) => {
        const fast = readFast(given);
        all++;
        if (fast === undefined) return;
        read++;
        expect({ data: encode(fast) }).toEqual(slowly(given));
      }),
      { numRuns: 30000 },
    );
    expect(read / all).toBeGreaterThan(0.5);
  });

  test('reads broken texts as the other reader does, where that accepts them', () => {
    const broken = fc.tuple(
      text,
      fc.nat(),
      fc.constantFrom('', ' ', '\n', ':', '-', "'", '"', '#', '[', '}', ',', '  ', '\n  '),
    );
    fc.assert(
      fc.property(broken, ([given, where, piece]) => {
        const at = where % (given.length + 1);
        const changed = given.slice(0, at) + piece + given.slice(at + (piece === '' ? 1 : 0));
        const fast = readFast(changed);
        if (fast === undefined) return;
        const slow = slowly(changed);
        // The package is stricter than PyYAML with lines of quoted values that stand far left.
        if (slow.refused === undefined) expect({ data: encode(fast) }).toEqual(slow);
      }),
      { numRuns: 3000 },
    );
  });

  test('gives up on duplicate keys, so that they are warned of', () => {
    expect(readFast('a: 1\na: 2\n')).toBeUndefined();
    expect(readFast('a: {b: 1, b: 2}\n')).toBeUndefined();
  });
});
