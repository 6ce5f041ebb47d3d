import { openAdapter } from '../adapter/index.ts';
import type { GraphMember } from '../graph/index.ts';
import type { Manifest, SeedNode, SourceNode } from '../model/index.ts';
import { makeDatabase } from './engine.ts';
import { relationsOf } from './lineage/node-lineage.ts';
import { typeNode } from './models.ts';
import { type Found, shadowSeed, shadowSource } from './sources.ts';
import type { CheckInput, Checking, CheckResult, Finding, TypedNode } from './types.ts';

/**
 * Types the chosen nodes and all they rest on, in the order of the graph, each against empty shadows of what it reads.
 * What is wrong with a node is a finding; what stands behind something untyped is unknown and nothing is said of it.
 */
export async function checkNodes(given: CheckInput): Promise<CheckResult> {
  const { graph, chosen } = given;
  const nodes = new Map<string, TypedNode>();
  const input = await beginChecking(given, nodes);
  const { manifest } = input.compiler.input;
  const needed = new Set([...chosen, ...graph.ancestors(chosen)]);
  const order = graph.order().filter((id) => needed.has(id));
  const members = order.map((id) => graph.node(id));
  const seedTables = new Map<string, string>();
  const seeds = seedsBehind(members, manifest);
  await prepareSchemas(input, [...seeds, ...members]);
  const tested = testedColumns(manifest);
  const findings: Finding[] = [];
  for (const member of new Set<GraphMember>([...seeds, ...members])) {
    const twin = member.resource_type === 'source' ? seedTables.get(keyOf(member as SourceNode)) : undefined;
    const found =
      twin === undefined ? await typeMember(input, member, nodes, tested) : { ...nodes.get(twin)!, findings: [] };
    if (found === undefined) continue;
    nodes.set(member.unique_id, { state: found.state, columns: found.columns, lineage: found.lineage });
    if (member.resource_type === 'seed') seedTables.set(keyOf(member as SeedNode), member.unique_id);
    if (chosen.has(member.unique_id) || member.resource_type === 'source') findings.push(...found.findings);
  }
  return { findings, nodes };
}

/** Columns and names of tables are the same in the shadows; other answers come from their rows, of which there are none. */
const CATALOG =
  /\bsystem\s*\.\s*(?:columns|tables|databases)\b|^\s*(?:\/\*[\s\S]*?\*\/\s*)?(?:describe|desc|exists)\b/i;

async function beginChecking(given: CheckInput, typed: ReadonlyMap<string, TypedNode>): Promise<Checking> {
  const { target, flags, invocation, emit } = given.compiler.input.environment;
  const asked = new Map<string, string>();
  const adapter = await openAdapter({
    driver: given.engine,
    target,
    flags,
    invocationId: invocation.id,
    emit(event) {
      const { conn_name: id, sql } = event.data;
      if (event.name === 'SQLQuery' && !CATALOG.test(String(sql)) && !asked.has(String(id)))
        asked.set(String(id), String(sql));
      emit(event);
    },
  });
  return { ...given, adapter, asked, typed, relations: relationsOf(given.compiler.input.manifest) };
}

async function typeMember(
  input: Checking,
  member: GraphMember,
  nodes: ReadonlyMap<string, TypedNode>,
  tested: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Found | undefined> {
  switch (member.resource_type) {
    case 'source':
      return shadowSource(input, member as SourceNode);
    case 'seed':
      return shadowSeed(input, member as SeedNode);
    case 'model':
    case 'snapshot':
    case 'test': {
      // What a generic test says is its column, which is compared with the model's own.
      const node = input.compiler.input.manifest.nodes[member.unique_id];
      if (node === undefined || node.resource_type === 'seed' || isGenericTest(node)) return undefined;
      const behind = input.graph
        .parents(node.unique_id)
        .some((id) => nodes.has(id) && nodes.get(id)!.state !== 'typed');
      if (behind) return { state: 'unknown', columns: [], findings: [] };
      return typeNode(input, node, tested.get(node.unique_id) ?? new Set());
    }
    default:
      return undefined;
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

async function prepareSchemas({ engine, adapter }: Checking, members: readonly GraphMember[]): Promise<void> {
  const schemas = new Set<string>();
  for (const member of members) if ('schema' in member && member.schema !== '') schemas.add(String(member.schema));
  for (const schema of schemas) await makeDatabase(engine, schema);
  await adapter.loadCatalog([...schemas]);
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
