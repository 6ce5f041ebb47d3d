import type { CheckResult, Consumer } from '../check/index.ts';
import type { Session } from './open-project.ts';
import type { Prior } from './prior-columns.ts';
import { syncColumns } from './sync-columns.ts';
import { openSyncs } from './sync-nodes.ts';
import type { Typed } from './type-nodes.ts';

/** What changed since that state, and what of it is a finding. */
export async function compareWith(
  session: Session,
  { path, manifest: prior, lineage }: Prior,
  typed: Typed,
  chosen: ReadonlySet<string>,
) {
  const { breakingFindings, changesSince } = await import('../check/index.ts');
  const { manifest } = session.parsed;
  const before = lineage ?? typed.before ?? new Map();
  const changes = changesSince({
    against: path,
    before,
    after: typed.nodes,
    prior,
    manifest,
    consumers: await consumersOf(session, before),
    chosen,
  });
  return { changes, findings: breakingFindings(changes, manifest, prior) };
}

/** Exposures and syncs. A sync that sends a model takes all of its columns but those it leaves out. */
async function consumersOf(session: Session, nodes: CheckResult['nodes']): Promise<readonly Consumer[]> {
  const { exposures } = session.parsed.manifest;
  const { all } = await openSyncs(session);
  const known = new Map((await syncColumns(session, nodes)).map((sync) => [sync.uniqueId, sync]));
  return [
    ...Object.values(exposures).map(({ unique_id, name, depends_on }) => ({
      id: unique_id,
      label: `exposure ${name}`,
      reads: depends_on.nodes,
    })),
    ...all.map(({ node }) => {
      const columns = known.get(node.unique_id)?.columns;
      const isPlain = columns?.every(({ source }) => source !== undefined) === true;
      return {
        id: node.unique_id,
        label: `sync ${node.name} (${node.target})`,
        reads: node.depends_on.nodes,
        ...(isPlain ? { columns: new Set(columns.map(({ source }) => source!)) } : {}),
      };
    }),
  ];
}
