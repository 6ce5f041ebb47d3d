// npm run bench:stir [-- 2000 20000 …] [--write]: what each model of the reference project costs as accounts become more, and by which
// power of the rows. With --write the table of the marts in docs/reference-project.md is made from it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MEMORY_LIMIT, type Measurement, measure } from './measure.ts';
import { exponentsOf, heaviestOf, writeTable } from './table.ts';

const asked = process.argv.slice(2);
const sizes = asked.filter((one) => /^\d+$/.test(one)).map(Number);
const all: Measurement[] = [];
for (const accounts of sizes.length === 0 ? [2000, 20_000] : sizes) all.push(await measured(accounts));

for (const { accounts, generator, raw, models } of all) {
  console.log(
    `\n${accounts} accounts: ${raw.rows} raw rows, ${mb(raw.bytes)} MB, invented in ${generator.seconds.toFixed(0)} s (${generator.cpu.toFixed(0)} s of CPU), at most ${mb(generator.memory)} MB held`,
  );
  const heaviest = Object.entries(models).sort(([, a], [, b]) => b.cpu - a.cpu);
  console.table(
    heaviest.slice(0, 15).map(([model, { rows, bytes, seconds, cpu, memory }]) => ({
      model,
      rows,
      'on disk MB': mb(bytes),
      'wall s': Number(seconds.toFixed(2)),
      'cpu s': Number(cpu.toFixed(2)),
      'peak MB': mb(memory),
    })),
  );
  const sum = (key: 'seconds' | 'cpu') => Object.values(models).reduce((total, one) => total + one[key], 0);
  console.log(`all models: ${sum('seconds').toFixed(1)} s, ${sum('cpu').toFixed(1)} s of CPU`);
}
const [first, last] = [all[0]!, all.at(-1)!];
if (first !== last) {
  console.log(`\nfrom ${first.accounts} to ${last.accounts} accounts: power of the rows by which CPU time grows`);
  console.table(exponentsOf(first, last).slice(0, 15));
  const { model, exponent } = heaviestOf(first, last);
  console.log(`the heaviest, ${model}, grows by the power ${exponent.toFixed(2)} of its rows`);
}
const most = Math.max(...Object.values(last.models).map(({ memory }) => memory));
console.log(`the most that one statement held: ${mb(most)} MB of ${mb(MEMORY_LIMIT)} MB`);
if (asked.includes('--write')) writeTable(first, last);

/** `--reuse` takes what an earlier run has measured. */
async function measured(accounts: number): Promise<Measurement> {
  const path = join(tmpdir(), `tsdbt-bench-stir-${accounts}.json`);
  if (existsSync(path) && asked.includes('--reuse')) return JSON.parse(readFileSync(path, 'utf8')) as Measurement;
  const made = await measure(accounts);
  writeFileSync(path, JSON.stringify(made));
  return made;
}

function mb(bytes: number): number {
  return Math.round(bytes / 1e6);
}
