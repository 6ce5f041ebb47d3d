import type { Consumer } from '../check/index.ts';
import type { Session } from './open-project.ts';
import type { Prior } from './prior-columns.ts';
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
  const changes = changesSince({
    against: path,
    before: lineage ?? typed.before ?? new Map(),
    after: typed.nodes,
    prior,
    manifest,
    consumers: await consumersOf(session),
    chosen,
  });
  return { changes, findings: breakingFindings(changes, manifest, prior) };
}

/** Exposures and syncs. A sync that lists its columns takes only those. */
async function consumersOf(session: Session): Promise<readonly Consumer[]> {
  const { exposures } = session.parsed.manifest;
  const { all } = await openSyncs(session);
  return [
    ...Object.values(exposures).map(({ unique_id, name, depends_on }) => ({
      id: unique_id,
      label: `exposure ${name}`,
      reads: depends_on.nodes,
    })),
    ...all.map(({ definition, node }) => {
      const { columns } = definition;
      const isPlain = columns.length > 0 && columns.every(({ expression }) => expression === undefined);
      const taken = new Set(columns.map(({ name, source }) => source ?? name));
      return {
        id: node.unique_id,
        label: `sync ${node.name} (${node.target})`,
        reads: node.depends_on.nodes,
        ...(isPlain ? { columns: taken } : {}),
      };
    }),
  ];
}
