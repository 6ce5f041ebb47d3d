// Every scenario of dbt-clickhouse's statement sequences, by real dbt and by tsdbt on one server, in databases of their own: the same
// outcome, the same relations with the same rows, in no more statements. `--write` keeps what real dbt did as expected.json,
// `-v` prints the statements of both where they differ.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterCluster } from '../../cluster/ddl-worker.ts';
import { startNodes } from '../../cluster/nodes.ts';
import { ROOT } from '../../e2e/root.ts';
import { findDbt } from '../stir/real-dbt.ts';
import { differences } from './differ.ts';
import { HERE, readScenarios } from './scenarios.ts';
import { dbtTool, openSide, type Step, tsdbtTool } from './sides.ts';
import { makeOrdinary } from './world.ts';

const [...flags] = process.argv.slice(2);
const only = flags.filter((flag) => !flag.startsWith('-'));
const dbt = findDbt(ROOT);
if (dbt === undefined) {
  console.log('SKIPPED: real dbt needs python3 with venv, which is not there\n0 passed, 0 failed');
} else {
  await compare(dbt);
}

async function compare(executable: string): Promise<void> {
  const nodes = await startNodes(1, { test_shard: [[0]] });
  const server = { url: `http://127.0.0.1:${nodes.nodes[0]!.http}`, user: 'default', password: '' };
  const entries = [await enterCluster(nodes), await enterCluster(nodes)] as const;
  const theirs = openSide('seqa', entries[0], server, dbtTool(executable));
  const ours = openSide('seqb', entries[1], server, tsdbtTool);
  const kept: Record<string, Step> = {};
  const tally = { passed: 0, failed: 0, fewer: 0, theirs: 0, ours: 0 };
  try {
    await makeOrdinary(server, ['seqa', 'seqb']);
    for (const scenario of readScenarios()) {
      if (only.length > 0 && !only.some((part) => scenario.name.startsWith(part))) continue;
      const [expected, made] = [await theirs.run(scenario), await ours.run(scenario)];
      const { sql, output, ...step } = expected;
      kept[scenario.name] = step;
      const found = differences(scenario.name, expected, made);
      tally[found.length === 0 ? 'passed' : 'failed']++;
      tally.theirs += expected.statements;
      tally.ours += made.statements;
      console.log(
        `${found.length === 0 ? 'same     ' : 'DIFFERENT'} ${scenario.name}: ${made.statements} statements, ${expected.statements} by dbt`,
      );
      for (const line of found) console.log(`  ${line}`);
      if (found.length > 0 && flags.includes('-v')) {
        console.log([...sql, '--- tsdbt', ...made.sql].map((text) => `    ${text.replace(/\s+/g, ' ')}`).join('\n'));
        console.log(output, '\n--- tsdbt\n', made.output);
      }
    }
  } finally {
    theirs.close();
    ours.close();
    for (const entry of entries) entry.close();
    await nodes.close();
  }
  if (flags.includes('--write')) writeExpected(kept);
  if (tally.failed > 0) process.exitCode = 1;
  console.log(`${tally.ours} statements by tsdbt, ${tally.theirs} by dbt`);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
}

/** Steps that were not run keep what was written of them before. */
function writeExpected(kept: Readonly<Record<string, Step>>): void {
  const file = join(HERE, 'expected.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, `${JSON.stringify({ ...before, ...kept }, null, 1)}\n`);
}
