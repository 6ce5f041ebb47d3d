import type { GraphMember, ProjectGraph } from '../graph/index.ts';
import type { Manifest, SeedNode, SourceNode, TestNode, UnitTestNode } from '../model/index.ts';
import { makeFinder } from './finder.ts';
import { hasOwnSql } from './outside/generic-tests.ts';
import { unitTestFindings } from './outside/unit-tests.ts';
import type { CheckInput, CheckResult, Finding, TypedNode } from './types.ts';

/**
 * Types the chosen nodes and all they rest on, in the order of the graph, each against empty shadows of what it reads.
 * What is wrong with a node is a finding; what stands behind something untyped is unknown and nothing is said of it.
 * The engine is opened for the first node that is not remembered.
 */
export async function checkNodes(given: CheckInput): Promise<CheckResult> {
  const { graph, chosen, compiler } = given;
  const { manifest } = compiler.input;
  const nodes = new Map<string, TypedNode>();
  const needed = new Set([...chosen, ...graph.ancestors(chosen)]);
  const order = graph.order().filter((id) => needed.has(id));
  const members = order.map((id) => graph.node(id));
  const seedTables = new Map<string, string>();
  const seeds = seedsBehind(members, manifest);
  const all = new Set<GraphMember>([...seeds, ...members]);
  const { find, findInTests } = makeFinder(given, nodes, all);
  const findings: Finding[] = [];
  for (const member of all) {
    if (!TYPED.has(member.resource_type) || isGenericTest(member)) continue;
    const twin = member.resource_type === 'source' ? seedTables.get(keyOf(member as SourceNode)) : undefined;
    const found = twin === undefined ? await find(member) : { ...nodes.get(twin)!, findings: [] };
    nodes.set(member.unique_id, { state: found.state, columns: found.columns, lineage: found.lineage });
    if (member.resource_type === 'seed') seedTables.set(keyOf(member as SeedNode), member.unique_id);
    if (chosen.has(member.unique_id) || member.resource_type === 'source') findings.push(...found.findings);
  }
  const asked = members.filter(({ unique_id }) => chosen.has(unique_id));
  findings.push(...(await findInTests(asked.filter(isGenericTest).filter((test) => isToAsk(test, graph, nodes)))));
  for (const member of asked) {
    if (member.resource_type !== 'unit_test') continue;
    findings.push(...unitTestFindings(member as UnitTestNode, nodes, manifest, given.readFile));
  }
  return { findings, nodes };
}

const TYPED: ReadonlySet<string> = new Set(['source', 'seed', 'model', 'snapshot', 'test', 'function']);

function isGenericTest(member: GraphMember): member is TestNode {
  return 'test_metadata' in member && member['test_metadata'] !== undefined;
}

/** A column that is not there has been told of already. */
function isToAsk(test: TestNode, graph: ProjectGraph, nodes: ReadonlyMap<string, TypedNode>): boolean {
  if (!hasOwnSql(test)) return false;
  const owner = nodes.get(test.attached_node ?? '');
  const isThere = owner?.columns.some(({ name }) => name === test.column_name) ?? true;
  const isTyped = graph.parents(test.unique_id).every((id) => nodes.get(id)?.state === 'typed');
  return isTyped && (isThere || !/^\w+$/.test(test.column_name ?? ''));
}

/** Sources that are declared over tables of the project's own seeds are typed by them. */
function seedsBehind(members: readonly GraphMember[], manifest: Manifest): readonly SeedNode[] {
  const sources = new Set(
    members.filter(({ resource_type }) => resource_type === 'source').map((s) => keyOf(s as SourceNode)),
  );
  const wanted = new Set(members.map(({ unique_id }) => unique_id));
  return Object.values(manifest.nodes)
    .filter((node) => node.resource_type === 'seed')
    .filter((seed) => wanted.has(seed.unique_id) || sources.has(keyOf(seed)));
}

function keyOf(
  relation: { readonly schema: string } & ({ readonly identifier: string } | { readonly alias: string }),
): string {
  return `${relation.schema}.${'identifier' in relation ? relation.identifier : relation.alias}`;
}
