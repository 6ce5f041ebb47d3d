import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, type Outcome, runCase } from './jinja-case.ts';

/** `npm run conformance:jinja -- DIR`: runs every case of a folder and prints a table by area, then the totals. */

interface Row {
  passed: number;
  failed: number;
  messages: number;
  errors: number;
  lines: number;
  linesKnown: number;
}

function newRow(): Row {
  return { passed: 0, failed: 0, messages: 0, errors: 0, lines: 0, linesKnown: 0 };
}

function count(row: Row, test: Case, outcome: Outcome): void {
  if (outcome.passed) row.passed++;
  else row.failed++;
  if (test.expected.error === undefined) return;
  row.errors++;
  if (outcome.sameMessage) row.messages++;
  if (test.expected.lineno === undefined) return;
  row.linesKnown++;
  if (outcome.sameLine) row.lines++;
}

function print(area: string, row: Row): void {
  const errors = row.errors > 0 ? `  messages ${row.messages}/${row.errors}  lines ${row.lines}/${row.linesKnown}` : '';
  console.log(`${area.padEnd(22)} ${String(row.passed).padStart(5)} / ${row.passed + row.failed}${errors}`);
}

const args = process.argv.slice(2);
const verbose = args.includes('--verbose');
const folder = args.find((arg) => !arg.startsWith('--')) ?? 'test/conformance/jinja';
const rows = new Map<string, Row>();
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  for (const test of JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case[]) {
    const row = rows.get(test.area) ?? newRow();
    rows.set(test.area, row);
    const outcome = runCase(test);
    count(row, test, outcome);
    const off = !outcome.passed || outcome.sameMessage === false || outcome.sameLine === false;
    if (verbose && off)
      console.log(
        JSON.stringify({
          id: test.id,
          template: test.template,
          macros: test.macros,
          expected: test.expected,
          got: outcome.got,
        }),
      );
  }
}
const total = newRow();
for (const [area, row] of rows) {
  print(area, row);
  for (const key of Object.keys(total) as (keyof Row)[]) total[key] += row[key];
}
print('all', total);
console.log(`${total.passed} passed, ${total.failed} failed`);
