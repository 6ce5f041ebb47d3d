import { resolve } from 'node:path';
import type { Place } from '../compile/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { Manifest, ModelNode, Node, SeedNode, SnapshotNode } from '../model/index.ts';
import type { PriorState } from '../select/index.ts';
import type { Database } from './database.ts';
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
  const manifest = await manifestAt(session, String(path));
  if (manifest !== undefined) return manifest;
  throw new TsdbtError({ code: 'TSD9001', message: `Could not find manifest in --state path: '${String(path)}'` });
}

/** What the selection methods `state` and `result` compare with; undefined without `--state`. */
export async function priorState(session: Session): Promise<PriorState | undefined> {
  const { project, parsed } = session;
  const path = project.flags['state'];
  if (path === null || path === undefined) return undefined;
  const { readRunResults } = await import('../artifacts/index.ts');
  const results = readRunResults(resolve(project.root.root, String(path)))?.results;
  // What is missing there matters to the methods that compare with it, not to the others.
  const manifest = await manifestAt(session, String(path));
  return {
    ...(manifest === undefined ? {} : { manifest }),
    ...(results === undefined ? {} : { results }),
    current: parsed.manifest,
    now: project.invocation.now,
  };
}

export interface Deferral {
  /** Schemas whose relations must be known before the first answer. */
  readonly schemas: readonly string[];
  readonly deferred: (node: Refable) => Place | undefined;
}

/**
 * `--defer`: what is not in this environment is read from another, and with `--favor-state` all that is not chosen.
 * Undefined without the flag.
 */
export async function deferral(
  session: Session,
  database: Database,
  chosen: ReadonlySet<string>,
): Promise<Deferral | undefined> {
  const { flags } = session.project;
  if (flags['defer'] !== true) return undefined;
  const places = placesIn(await deferredManifest(session));
  const own = Object.values(session.parsed.manifest.nodes).filter((node) => places.has(node.unique_id));
  const favored = (node: Refable): boolean => flags['favor_state'] === true && !chosen.has(node.unique_id);
  return {
    schemas: [...new Set(own.map(({ schema }) => schema))],
    deferred: (node) =>
      favored(node) || !database.adapter.exists(node.schema, node.alias) ? places.get(node.unique_id) : undefined,
  };
}

async function manifestAt({ project }: Session, path: string): Promise<Manifest | undefined> {
  const { readManifest } = await import('../artifacts/index.ts');
  return readManifest(resolve(project.root.root, path));
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
