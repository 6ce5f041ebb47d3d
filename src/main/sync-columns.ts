import type { CheckResult, SyncColumns } from '../check/index.ts';
import type { Session } from './open-project.ts';
import { openSyncs } from './sync-nodes.ts';

/** The syncs that send a whole model, with what becomes of its columns; those whose model is not typed are left out. */
export async function syncColumns(session: Session, nodes: CheckResult['nodes']): Promise<readonly SyncColumns[]> {
  const { selectColumns } = await import('../sync/index.ts');
  const { all } = await openSyncs(session);
  return all.flatMap(({ definition, node }): SyncColumns[] => {
    const [reads] = node.depends_on.nodes;
    const model = reads === undefined ? undefined : nodes.get(reads);
    if (definition.source.kind !== 'ref' || reads === undefined || model?.state !== 'typed') return [];
    const { columns, problems } = selectColumns(definition, model.columns);
    const names = new Set(model.columns.map(({ name }) => name));
    const { incremental } = definition;
    const own = [...columns.map(({ name }) => name), definition.id?.column, ...lookedUp(definition)];
    const needed = [
      ...definition.key.map((name) => ['key', name] as const),
      ...definition.indexes.flatMap((index) => index.columns.map((name) => ['indexes', name] as const)),
    ].filter(([, name]) => /^\w+$/.test(name) && !own.includes(name));
    const late =
      incremental !== undefined && !names.has(incremental.column) ? [['incremental', incremental.column] as const] : [];
    const more = [...needed, ...late].map(
      ([where, name]) => `${where} names column "${name}", which the source does not have`,
    );
    return [
      {
        uniqueId: node.unique_id,
        name: node.name,
        at: definition.at,
        reads,
        columns,
        problems: [...new Set([...problems, ...more])],
      },
    ];
  });
}

function lookedUp({
  enrichment,
}: {
  readonly enrichment: readonly { readonly columns: Readonly<Record<string, string>> }[];
}): readonly string[] {
  return enrichment.flatMap(({ columns }) => Object.keys(columns));
}
