import { describe, expect, it } from 'vitest';
import { rewriteAliases } from '../../src/cli/argv.ts';

describe('rewriteAliases', () => {
  it.each([
    [
      ['run', '--models', 'a', 'b'],
      ['run', '--select', 'a', 'b'],
    ],
    [
      ['run', '-m', 'a'],
      ['run', '--select', 'a'],
    ],
    [
      ['run', '--model=a=b'],
      ['run', '--select=a=b'],
    ],
    [
      ['build', '--resource-type', 'model'],
      ['build', '--resource-types', 'model'],
    ],
    [
      ['ls', '-m', 'a'],
      ['ls', '--models', 'a'],
    ],
    [
      ['run', '--select', 'tag:x'],
      ['run', '--select', 'tag:x'],
    ],
  ])('%j', (given, wanted) => {
    expect(rewriteAliases(given)).toEqual(wanted);
  });
});
