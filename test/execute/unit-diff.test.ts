import { describe, expect, it } from 'vitest';
import { diffRows } from '../../src/execute/unit-diff.ts';

describe('diffRows', () => {
  it('finds equal tables equal, whatever the order of rows', () => {
    expect(diffRows(['a'], [['1'], ['2'], ['2']], [['2'], ['1'], ['2']])).toBeNull();
  });

  it('counts rows that occur more than once', () => {
    expect(diffRows(['a'], [['1'], ['1']], [['1']])).toBe('@@  | a\n--- | 1');
  });

  it('shows a changed row with both values', () => {
    expect(diffRows(['id', 'n'], [['1', '10']], [['1', '11']])).toBe('@@ | id | n\n→  | 1  | 10→11');
  });

  it('shows what is too much and what is missing', () => {
    const text = diffRows(['id', 'n'], [['1', 'a']], [['2', 'b']]);
    expect(text).toBe('@@  | id | n\n--- | 1  | a\n+++ | 2  | b');
  });
});
