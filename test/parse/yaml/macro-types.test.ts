import { expect, test } from 'vitest';
import { isMacroType } from '../../../src/parse/yaml/macro-types.ts';

test.each(['string', 'list[int]', 'dict[str, list[any]]', 'optional[relation]'])('%s is a type', (text) => {
  expect(isMacroType(text)).toBe(true);
});

test.each(['text', 'list', 'list[]', 'dict[str]', 'list[int', 'int x'])('%s is none', (text) => {
  expect(isMacroType(text)).toBe(false);
});
