import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Mutations } from './mutated-projects.ts';

// Whatever a person does to files: the project parses, or every problem has its place. `npm run fuzz:projects` tries 1,000
// changed projects (TSDBT_MUTATIONS), from TSDBT_SEED on; what fails is named by the number that makes it alone.
const count = Number(process.env['TSDBT_MUTATIONS'] ?? 30);
const seed = Number(process.env['TSDBT_SEED'] ?? 20_261_122);
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const reference = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let mutations: Mutations;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsdbt-bases-'));
  const skipped = /\/(\.tsdbt|target|logs)(\/|$)/;
  const stir = join(folder, 'stir');
  cpSync(join(reference, 'project'), stir, {
    recursive: true,
    dereference: true,
    filter: (path) => !skipped.test(path),
  });
  cpSync(join(reference, 'profiles/profiles.yml'), join(stir, 'profiles.yml'));
  mutations = new Mutations([join(fixtures, 'shop'), join(fixtures, 'nasty'), join(fixtures, 'semantic'), stir]);
});
afterAll(() => {
  mutations.remove();
  rmSync(folder, { recursive: true });
});

test(`${count} changed projects`, async () => {
  const bad: string[] = [];
  for (let number = seed; number < seed + count; number++) {
    const { state, text } = await mutations.try(number);
    if (text !== '') bad.push(`${number} ${state}: ${text}`);
  }
  expect(bad).toEqual([]);
}, 7_200_000);
