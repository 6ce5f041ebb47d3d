import { resolve } from 'node:path';
import type { LineageNode } from '../artifacts/index.ts';
import type { CheckResult, Consumer, NodeLineage } from '../check/index.ts';
import type { Manifest } from '../model/index.ts';
import type { Session } from './open-project.ts';
import { priorState } from './state.ts';
import { openSyncs } from './sync-nodes.ts';
import type { Typed } from './type-nodes.ts';

/** What `--state` names: its manifest, and its columns where `check` has run there. */
interface Prior {
  readonly path: string;
  readonly manifest: Manifest;
  readonly lineage: CheckResult['nodes'] | undefined;
}

export async function readPrior(session: Session): Promise<Prior | undefined> {
  const state = await priorState(session);
  if (state?.manifest === undefined) return undefined;
  const { readColumnLineage } = await import('../artifacts/index.ts');
  const path = String(session.project.flags['state']);
  const nodes = readColumnLineage(resolve(session.project.root.root, path));
  return { path, manifest: state.manifest, lineage: nodes && typedNodes(nodes) };
}

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

function typedNodes(nodes: ReadonlyMap<string, LineageNode>): CheckResult['nodes'] {
  return new Map(
    [...nodes].map(([id, { state, columns, rows, reads }]) => {
      const lineage = { columns: new Map(columns.map((column) => [column.name, column])), rows, reads } as NodeLineage;
      return [id, { state: state as 'typed', columns: columns.map(({ name, type }) => ({ name, type })), lineage }];
    }),
  );
}
