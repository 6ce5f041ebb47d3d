import { describe, expect, it } from 'vitest';
import { fateOfWarning } from '../../src/util/warn-error.ts';

describe('what becomes of a warning', () => {
  it.each([
    [{}, 'NothingToDo', 'said'],
    [{ warn_error: true }, 'NothingToDo', 'raised'],
    [{ warn_error_options: { error: ['NothingToDo'] } }, 'NothingToDo', 'raised'],
    [{ warn_error_options: { error: ['NothingToDo'] } }, 'NoNodesSelected', 'said'],
    [{ warn_error_options: { error: 'all', warn: ['NothingToDo'] } }, 'NothingToDo', 'said'],
    [{ warn_error_options: { error: ['*'] } }, 'NothingToDo', 'raised'],
    [{ warn_error_options: { error: 'all', silence: ['NothingToDo'] } }, 'NothingToDo', 'silenced'],
    [{ warn_error_options: { error: ['Deprecations'] } }, 'DuplicateYAMLKeysDeprecation', 'raised'],
    [{ warn_error_options: { include: ['NothingToDo'], exclude: [] } }, 'NothingToDo', 'raised'],
  ])('%o, %s: %s', (flags, name, fate) => {
    expect(fateOfWarning(flags, name)).toBe(fate);
  });
});
