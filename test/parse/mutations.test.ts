import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTsdbtError } from '../../src/error/index.ts';
import { parseFolder } from './project.ts';

// Whatever a person does to a file: the project parses, or every problem has its place.
const fixture = fileURLToPath(new URL('fixtures/nasty', import.meta.url));
const files = readdirSync(fixture, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(sql|yml|csv|md)$/.test(file) && !file.includes('profiles'))
  .sort();
const PIECES = [
  '',
  'null',
  '[]',
  '- ',
  '{{',
  '}}',
  '{%',
  '%}',
  "'",
  '"',
  ':',
  '1',
  '\n',
  '  ',
  '{a: b}',
  '&a',
  '\0',
  'é',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsdbt-mutations-'));
  cpSync(fixture, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const mutation = fc.record({
  file: fc.constantFrom(...files),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(30),
  piece: fc.constantFrom(...PIECES),
});

test('a damaged file is a located problem or none', async () => {
  await fc.assert(
    fc.asyncProperty(mutation, async ({ file, from, length, piece }) => {
      const text = readFileSync(join(fixture, file), 'utf8');
      const start = Math.floor(from * text.length);
      writeFileSync(join(folder, file), text.slice(0, start) + piece + text.slice(start + length));
      try {
        await parseFolder(folder);
      } catch (error) {
        if (!isTsdbtError(error)) throw error;
        const problems = error.problems.length > 0 ? error.problems : [error];
        expect(problems.filter((problem) => problem.at === undefined)).toEqual([]);
      } finally {
        writeFileSync(join(folder, file), text);
      }
    }),
    { numRuns: 40, seed: 20261122 },
  );
}, 120_000);
