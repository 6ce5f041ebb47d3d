import { resolve } from 'node:path';
import type { Place } from '../compile/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { Manifest, ModelNode, Node, SeedNode, SnapshotNode } from '../model/index.ts';
import type { Session } from './open-project.ts';

type Refable = ModelNode | SeedNode | SnapshotNode;

/** The manifest of another environment, from `--defer-state` or `--state`. Throws TSD9001 where neither is given or nothing lies there. */
export async function deferredManifest(session: Session): Promise<Manifest> {
  const { flags } = session.project;
  const path = flags['defer_state'] ?? flags['state'];
  if (path === null || path === undefined) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: '--state or --defer-state are required for deferral, but neither was provided',
      hint: 'Name the folder with the manifest.json of the environment to defer to.',
    });
  }
  return await manifestAt(session, String(path));
}

/** What `--state` compares with; undefined where it is not given. */
export async function comparedManifest(session: Session): Promise<Manifest | undefined> {
  const path = session.project.flags['state'];
  return path === null || path === undefined ? undefined : await manifestAt(session, String(path));
}

async function manifestAt({ project, request }: Session, path: string): Promise<Manifest> {
  const { readManifest } = await import('../artifacts/index.ts');
  const folder = resolve(project.root.root, path);
  if (folder === project.targetPath) request.emit({ name: 'WarnStateTargetEqual', data: { state_path: path } });
  const manifest = readManifest(folder);
  if (manifest !== undefined) return manifest;
  throw new TsdbtError({ code: 'TSD9001', message: `Could not find manifest in --state path: '${path}'` });
}

/** Where the models, seeds and snapshots of another environment lie. */
export function placesIn(manifest: Manifest): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const node of Object.values(manifest.nodes)) {
    if (isRefable(node)) places.set(node.unique_id, { schema: node.schema, identifier: node.alias });
  }
  return places;
}

function isRefable(node: Node): node is Refable {
  const { resource_type } = node;
  return (
    (resource_type === 'model' || resource_type === 'seed' || resource_type === 'snapshot') &&
    node.config.materialized !== 'ephemeral'
  );
}
