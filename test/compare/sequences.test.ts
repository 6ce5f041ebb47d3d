import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Entry, enterCluster } from '../cluster/ddl-worker.ts';
import { type Nodes, startNodes } from '../cluster/nodes.ts';
import { differences } from './sequences/differ.ts';
import { HERE, readScenarios } from './sequences/scenarios.ts';
import { openSide, type Side, type Step, tsdbtTool } from './sequences/sides.ts';
import { makeOrdinary } from './sequences/world.ts';

/**
 * A part of the sequences against what real dbt did on the same steps (expected.json: `npm run compare:sequences -- --write`). All of
 * them: `npm run test:sequences`.
 */
const PARTS =
  process.env['TSDBT_SEQUENCES'] === 'all'
    ? ['']
    : ['t_table.1', 't_table.2', 'inc_default.1', 'inc_default.2', 'cluster.dist_inc_di.1', 'cluster.dist_inc_di.2'];
const CHOSEN = readScenarios().filter(({ name }) => PARTS.some((part) => name.startsWith(part)));
const EXPECTED = JSON.parse(readFileSync(join(HERE, 'expected.json'), 'utf8')) as Readonly<Record<string, Step>>;

let nodes: Nodes;
let entry: Entry;
let side: Side;

beforeAll(async () => {
  nodes = await startNodes(1, { test_shard: [[0]] });
  entry = await enterCluster(nodes);
  const server = { url: `http://127.0.0.1:${nodes.nodes[0]!.http}`, user: 'default', password: '' };
  await makeOrdinary(server, ['seqb']);
  side = openSide('seqb', entry, server, tsdbtTool);
});

afterAll(async () => {
  side?.close();
  entry?.close();
  await nodes?.close();
});

test.each(CHOSEN)('$name leaves what real dbt left, in no more statements', async (scenario) => {
  const made = await side.run(scenario);
  expect(differences(scenario.name, EXPECTED[scenario.name]!, made), made.output.slice(-3000)).toEqual([]);
});
