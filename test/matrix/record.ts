// npm run matrix -- --record PYTHON: the table of what real dbt does, made anew.
// npm run matrix [-- WORD] [-- 1/8]: tsdbt against it; the whole, the cases with that word, or every eighth case.
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../e2e/root.ts';
import { allCases, type Case } from './cases.ts';
import { differences } from './differences.ts';
import type { Observation } from './observe.ts';
import { readTable, tableText } from './table.ts';
import { realDbt, tsdbt } from './tools.ts';
import { createWorld } from './world.ts';

const [first, second, third = '1/1', fourth = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tsdbt-matrix-'));
const PART = /^\d+\/\d+$/;
const FILE = join(ROOT, 'test/matrix/data/expected.jsonl');

if (first === '--record') await record(second ?? 'python3', third, fourth);
else await compare(process.argv.slice(2));

/** `part` is `1/2`: every second case, for two at a time; the other half is left as the table has it. */
async function record(python: string, part: string, word: string): Promise<void> {
  const world = await createWorld(realDbt(python, folder), join(folder, 'world'));
  const found = new Map<string, Observation>();
  const cases = allCases();
  const mine = partOf(cases, part).filter(({ name }) => name.includes(word));
  const write = (): void => {
    const all = new Map([...readTable(FILE), ...found]);
    // Whole at once: the other half writes there too.
    writeFileSync(`${FILE}.${process.pid}`, tableText(all, cases));
    renameSync(`${FILE}.${process.pid}`, FILE);
  };
  const began = performance.now();
  for (const [index, one] of mine.entries()) {
    found.set(one.name, await world.observe(one));
    if (index % 20 === 0) {
      write();
      console.log(`${index} ${((performance.now() - began) / 1000).toFixed(0)} s  ${one.name}`);
    }
  }
  write();
  await world.close();
}

/** Each of `asked` is a part (`1/8`: every eighth case, beginning with the first) or a piece of the names of cases. */
async function compare(asked: readonly string[]): Promise<void> {
  const table = readTable(FILE);
  const part = asked.find((one) => PART.test(one)) ?? '1/1';
  const words = asked.filter((one) => !PART.test(one));
  const isAsked = ({ name }: Case): boolean => words.length === 0 || words.some((word) => name.includes(word));
  const cases = partOf(
    allCases().filter((one) => isAsked(one) && table.has(one.name)),
    part,
  );
  const world = await createWorld(tsdbt, join(folder, 'world'));
  let failed = 0;
  for (const one of cases) {
    const found = differences(one.name, table.get(one.name)!, await world.observe(one));
    if (found.length === 0) continue;
    failed++;
    console.log(`${one.name}\n${found.map((line) => `    ${line}`).join('\n')}`);
  }
  await world.close();
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function partOf(cases: readonly Case[], part: string): readonly Case[] {
  const [turn = 1, turns = 1] = part.split('/').map(Number);
  return cases.filter((_, index) => index % turns === turn - 1);
}
