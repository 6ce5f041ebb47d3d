import type { GraphMember } from '../graph/index.ts';
import type { CompilableNode, Manifest, SeedNode, SourceNode } from '../model/index.ts';
import { beginChecking } from './begin.ts';
import { memoKeys } from './memo/keys.ts';
import { filesOf, placesHold } from './memo/memo.ts';
import { typeNode } from './models.ts';
import { type Found, shadowSeed, shadowSource } from './sources.ts';
import type { CheckInput, Checking, CheckResult, Finding, TypedNode } from './types.ts';

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
  const find = finder(given, nodes, all);
  const findings: Finding[] = [];
  for (const member of all) {
    const twin = member.resource_type === 'source' ? seedTables.get(keyOf(member as SourceNode)) : undefined;
    const found = twin === undefined ? await find(member) : { ...nodes.get(twin)!, findings: [] };
    if (found === undefined) continue;
    nodes.set(member.unique_id, { state: found.state, columns: found.columns, lineage: found.lineage });
    if (member.resource_type === 'seed') seedTables.set(keyOf(member as SeedNode), member.unique_id);
    if (chosen.has(member.unique_id) || member.resource_type === 'source') findings.push(...found.findings);
  }
  return { findings, nodes };
}

/** Finds what is to say of a member: as an earlier run has found it where all of that still holds, else anew. */
function finder(
  given: CheckInput,
  nodes: ReadonlyMap<string, TypedNode>,
  members: ReadonlySet<GraphMember>,
): (member: GraphMember) => Promise<Found | undefined> {
  const { graph, compiler, memo, readFile } = given;
  const { manifest } = compiler.input;
  const tested = testedColumns(manifest);
  const keys = memoKeys(given, nodes);
  const noted = new Map<string, readonly string[]>();
  let begun: Promise<Checking> | undefined;
  return async (member) => {
    const id = member.unique_id;
    const node = manifest.nodes[id];
    // What a generic test says is its column, which is compared with the model's own.
    if (!TYPED.has(member.resource_type) || (node !== undefined && isGenericTest(node))) return undefined;
    if (graph.parents(id).some((parent) => nodes.has(parent) && nodes.get(parent)!.state !== 'typed')) return UNKNOWN;
    const key = keys.of(member, tested.get(id));
    const known = key === undefined ? undefined : memo?.get(key);
    if (known !== undefined && placesHold(known, readFile)) {
      noted.set(id, known.shadow);
      return known;
    }
    begun ??= beginChecking(given, nodes, members, noted);
    const input = await begun;
    await input.shadows.demand(graph.parents(id));
    const found = await typeMember(input, member, tested.get(id) ?? new Set());
    // What rows would have made of it may be another thing tomorrow.
    if (key !== undefined && !input.asked.has(id))
      memo?.set(key, { ...found, shadow: input.shadows.of(id), files: filesOf(found.findings, readFile) });
    return found;
  };
}

const TYPED: ReadonlySet<string> = new Set(['source', 'seed', 'model', 'snapshot', 'test']);
const UNKNOWN: Found = { state: 'unknown', columns: [], findings: [] };

function typeMember(input: Checking, member: GraphMember, tested: ReadonlySet<string>): Promise<Found> {
  switch (member.resource_type) {
    case 'source':
      return shadowSource(input, member as SourceNode, tested);
    case 'seed':
      return shadowSeed(input, member as SeedNode);
    default:
      return typeNode(input, member as CompilableNode, tested);
  }
}

function isGenericTest(node: { readonly resource_type: string }): boolean {
  return 'test_metadata' in node && node.test_metadata !== undefined;
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

/** unique_id of what is tested -> columns its generic tests name. */
function testedColumns(manifest: Manifest): ReadonlyMap<string, ReadonlySet<string>> {
  const tested = new Map<string, Set<string>>();
  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type !== 'test' || !node.attached_node || !node.column_name) continue;
    const columns = tested.get(node.attached_node) ?? new Set();
    if (/^\w+$/.test(node.column_name)) columns.add(node.column_name);
    tested.set(node.attached_node, columns);
  }
  return tested;
}
