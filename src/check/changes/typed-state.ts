import type { Driver } from '../../adapter/index.ts';
import { buildGraph } from '../../graph/index.ts';
import type { Manifest, SourceNode } from '../../model/index.ts';
import { type Answer, answer, makeDatabase, READABLE, tableOf, understand } from '../engine.ts';
import { lineageOf, relationsOf } from '../lineage/node-lineage.ts';
import type { CheckResult, Column, TypedNode } from '../types.ts';

const UNKNOWN: TypedNode = { state: 'unknown', columns: [] };

/**
 * Types the nodes of another manifest from the SQL it was compiled to, where it has that. The shadows made before on this
 * engine are gone afterwards.
 * @param seeds what lies in seeds is not in a manifest: as they are today
 */
export async function typeCompiled(
  engine: Driver,
  manifest: Manifest,
  seeds: CheckResult['nodes'],
): Promise<ReadonlyMap<string, TypedNode>> {
  const graph = buildGraph(manifest);
  const typed = new Map<string, TypedNode>();
  const view = { graph, relations: relationsOf(manifest), typed };
  await emptySchemas(engine, manifest);
  for (const id of graph.order()) {
    const source = manifest.sources[id];
    const node = manifest.nodes[id];
    if (source !== undefined) typed.set(id, await typeSource(engine, source));
    else if (node?.resource_type === 'seed') {
      const today = seeds.get(id) ?? UNKNOWN;
      if (today.state === 'typed') await create(engine, node.relation_name ?? '', today.columns);
      typed.set(id, today);
    } else if (node?.resource_type === 'model' || node?.resource_type === 'snapshot') {
      const behind = graph.parents(id).some((parent) => (typed.get(parent)?.state ?? 'typed') !== 'typed');
      const sql = node.compiled_code;
      const answered = behind || !sql ? undefined : await understand(engine, sql, '');
      if (answered?.ok !== true) {
        typed.set(id, UNKNOWN);
        continue;
      }
      const { columns } = answered.value;
      if (node.config.materialized !== 'ephemeral' && node.relation_name !== null)
        await create(engine, node.relation_name, columns);
      typed.set(id, { state: 'typed', columns, lineage: lineageOf(view, node, answered.value) });
    }
  }
  return typed;
}

async function typeSource(engine: Driver, source: SourceNode): Promise<TypedNode> {
  const columns = Object.values(source.columns);
  if (columns.length === 0 || columns.some(({ data_type }) => !data_type)) return UNKNOWN;
  const typed = columns.map(({ name, data_type }): Column => ({ name, type: data_type! }));
  const made = await create(engine, source.relation_name, typed);
  return made.ok ? { state: 'typed', columns: typed } : UNKNOWN;
}

function create(engine: Driver, relation: string, columns: readonly Column[]): Promise<Answer<unknown>> {
  return answer(() => engine.query(tableOf(relation, columns, READABLE), { fetch: false }));
}

async function emptySchemas(engine: Driver, manifest: Manifest): Promise<void> {
  const members = [...Object.values(manifest.nodes), ...Object.values(manifest.sources)];
  for (const schema of new Set(members.map((member) => member.schema)))
    await makeDatabase(engine, schema, { anew: true });
}
