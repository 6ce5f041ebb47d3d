import { resolve } from 'node:path';
import type { LineageNode } from '../artifacts/index.ts';
import type { CheckResult, NodeLineage } from '../check/index.ts';
import type { Manifest } from '../model/index.ts';
import type { Session } from './open-project.ts';
import { priorState } from './state.ts';

/** What `--state` names: its manifest, and its columns where `check` has run there. */
export interface Prior {
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

function typedNodes(nodes: ReadonlyMap<string, LineageNode>): CheckResult['nodes'] {
  return new Map(
    // What reaches syncs is told by who they are.
    [...nodes]
      .filter(([id]) => !id.startsWith('sync.'))
      .map(([id, { state, columns, rows, reads }]) => {
        const lineage = {
          columns: new Map(columns.map((column) => [column.name, column])),
          rows,
          reads,
        } as NodeLineage;
        return [id, { state: state as 'typed', columns: columns.map(({ name, type }) => ({ name, type })), lineage }];
      }),
  );
}
