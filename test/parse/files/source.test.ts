import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/parse/digest.ts';
import { sourceOf } from '../../../src/parse/files/source.ts';
import { squeezed, stripped } from '../../../src/parse/files/text.ts';

const shop = new URL('../fixtures/shop/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('../fixtures/shop-manifest.json', import.meta.url), 'utf8'));
const entry = {
  kind: 'model',
  packageName: 'p',
  root: '/',
  searchedPath: 'models',
  path: 'a.sql',
  file: 'models/a.sql',
  absolute: '/models/a.sql',
} as const;

const hashed = Object.values<{
  original_file_path: string;
  resource_type: string;
  checksum: { name: string; checksum: string };
}>(expected.nodes).filter((node) => node.checksum.name === 'sha256');

test.each(hashed.map((node) => [node.original_file_path, node] as const))('the hash of %s is dbt’s', (file, node) => {
  const text = readFileSync(new URL(file, shop), 'utf8');
  const hash = node.resource_type === 'seed' ? sha256(stripped(text)) : sourceOf(entry, text).checksum.checksum;
  expect(hash).toBe(node.checksum.checksum);
});

test('what is cut off in front is counted in lines', () => {
  expect(sourceOf(entry, '\n\n  select 1\n')).toMatchObject({ text: 'select 1', skippedLines: 2 });
  expect(sourceOf(entry, 'select 1')).toMatchObject({ skippedLines: 0 });
});

test('white space is Python’s', () => {
  expect(squeezed('\u00a0a\u2003\x1f\x85b \n c\ufeff')).toBe('a b c\ufeff');
});
