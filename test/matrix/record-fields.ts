// npm run matrix:fields -- --record PYTHON: the fields of real dbt's events, made anew. npm run matrix:fields: tsdbt against them.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../e2e/root.ts';
import { allCases } from './cases.ts';
import { fieldDifferences, fieldsIn, fieldsText, readFields } from './fields.ts';
import { realDbt, tsdbt } from './tools.ts';
import { createWorld } from './world.ts';

const CASES = [
  'build',
  "build --vars '{broken: true}'",
  "build --vars '{broken: true}' --store-failures",
  "run --vars '{broken: true}'",
  "test --vars '{broken: true}'",
  'compile --select first',
  'seed',
  'snapshot',
  'source freshness',
  "source freshness --vars '{late: 1}'",
  'run --select nothing',
  'show --select first --limit 2',
  'docs generate',
  'ls --output name',
  'run-operation greet',
  'run-operation fail',
  "run-operation --sql 'select 1'",
  'deps',
  'clean',
  'debug --connection',
  "run --select batched --vars '{batched: true}' --event-time-start 2026-01-01 --event-time-end 2026-01-04",
  'clone --state state --target other',
  "build --vars '{broken: true}'; retry",
  'build --empty',
  'parse (old arguments)',
];
const FILE = join(ROOT, 'test/matrix/data/fields.txt');
const [first, python = 'python3'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tsdbt-fields-'));
const cases = allCases().filter(({ name }) => CASES.includes(name));

if (first === '--record') {
  const world = await createWorld(realDbt(python, folder), join(folder, 'world'));
  const found: Record<string, readonly string[]> = {};
  for (const one of cases) found[one.name] = fieldsIn((await world.run(one)).folder);
  await world.close();
  writeFileSync(FILE, fieldsText(found));
} else {
  const table = readFields(readFileSync(FILE, 'utf8'));
  const world = await createWorld(tsdbt, join(folder, 'world'));
  let failed = 0;
  for (const one of cases.filter(({ name }) => first === undefined || name.includes(first))) {
    const lines = fieldDifferences(table.get(one.name) ?? [], fieldsIn((await world.run(one)).folder));
    if (lines.length === 0) continue;
    failed++;
    console.log([one.name, ...lines.map((line) => `    ${line}`)].join('\n'));
  }
  await world.close();
  console.log(failed === 0 ? 'every field as dbt has it' : `${failed} cases differ`);
  process.exitCode = failed === 0 ? 0 : 1;
}
