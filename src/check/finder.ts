import type { GraphMember } from '../graph/index.ts';
import type { CompilableNode, Manifest, SeedNode, SourceNode, TestNode } from '../model/index.ts';
import { beginChecking } from './begin.ts';
import { memoKeys } from './memo/keys.ts';
import { filesOf, placesHold, type Remembered } from './memo/memo.ts';
import { makeFunction, typeNode } from './models.ts';
import { genericTestFindings } from './outside/generic-tests.ts';
import { type Found, shadowSeed, shadowSource } from './sources.ts';
import type { CheckInput, Checking, Finding, TypedNode } from './types.ts';

export interface Finder {
  /** What is to say of a source, seed, model, snapshot or singular test. */
  find(member: GraphMember): Promise<Found>;
  /** What is wrong with the SQL of generic tests, whose nodes are all typed. */
  findInTests(tests: readonly TestNode[]): Promise<readonly Finding[]>;
}

/** Finds as an earlier run has found it where all of that still holds, else anew; then the engine is opened. */
export function makeFinder(
  given: CheckInput,
  nodes: ReadonlyMap<string, TypedNode>,
  members: ReadonlySet<GraphMember>,
): Finder {
  const { graph, compiler, memo, readFile } = given;
  const tested = testedColumns(compiler.input.manifest);
  const keys = memoKeys(given, nodes);
  const noted = new Map<string, readonly string[]>();
  let begun: Promise<Checking> | undefined;
  return { find, findInTests };

  async function find(member: GraphMember): Promise<Found> {
    const id = member.unique_id;
    if (graph.parents(id).some((parent) => nodes.has(parent) && nodes.get(parent)!.state !== 'typed')) return UNKNOWN;
    const key = keys.of(member, tested.get(id));
    const known = recalled(key);
    if (known !== undefined) {
      noted.set(id, known.shadow);
      return known;
    }
    const input = await begin([id]);
    const found = await typeMember(input, member, tested.get(id) ?? new Set());
    remember(input, id, key, found);
    return found;
  }

  async function findInTests(tests: readonly TestNode[]): Promise<readonly Finding[]> {
    const keyed = tests.map((test) => ({ test, key: keys.of(test, undefined) }));
    const known = keyed.map(({ key }) => recalled(key));
    const others = keyed.filter((_, i) => known[i] === undefined);
    const findings = known.flatMap((one) => one?.findings ?? []);
    if (others.length === 0) return findings;
    const input = await begin(others.map(({ test }) => test.unique_id));
    const found = await genericTestFindings(
      input,
      others.map(({ test }) => test),
    );
    for (const { test, key } of others) {
      const own = found.get(test.unique_id) ?? [];
      remember(input, test.unique_id, key, { state: own.length > 0 ? 'broken' : 'typed', columns: [], findings: own });
      findings.push(...own);
    }
    return findings;
  }

  function recalled(key: string | undefined): Remembered | undefined {
    const known = key === undefined ? undefined : memo?.get(key);
    return known !== undefined && placesHold(known, readFile) ? known : undefined;
  }

  /** The engine, with shadows of what these nodes read. */
  async function begin(ids: readonly string[]): Promise<Checking> {
    begun ??= beginChecking(given, nodes, members, noted);
    const input = await begun;
    await input.shadows.demand(ids.flatMap((id) => graph.parents(id)));
    return input;
  }

  function remember({ asked, shadows }: Checking, id: string, key: string | undefined, found: Found): void {
    // What rows would have made of it may be another thing tomorrow.
    if (key === undefined || asked.has(id)) return;
    memo?.set(key, { ...found, shadow: shadows.of(id), files: filesOf(found.findings, readFile) });
  }
}

const UNKNOWN: Found = { state: 'unknown', columns: [], findings: [] };

function typeMember(input: Checking, member: GraphMember, tested: ReadonlySet<string>): Promise<Found> {
  switch (member.resource_type) {
    case 'source':
      return shadowSource(input, member as SourceNode, tested);
    case 'seed':
      return shadowSeed(input, member as SeedNode);
    case 'function':
      return makeFunction(input, member as CompilableNode);
    default:
      return typeNode(input, member as CompilableNode, tested);
  }
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
