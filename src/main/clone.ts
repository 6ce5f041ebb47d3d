import { connect } from './database.ts';
import { chooseNodes } from './nodes.ts';
import { openProject } from './open-project.ts';
import type { Request } from './request.ts';
import { exitCode, runNodes } from './run-nodes.ts';
import { deferredManifest, placesIn } from './state.ts';

/** `clone`: the relations of another environment in this one, as cheap as the engine allows. */
export async function clone(request: Request): Promise<number> {
  const session = await openProject(request);
  const clones = placesIn(await deferredManifest(session));
  const chosen = new Set(
    [...(await chooseNodes(session))].filter((id) => !isEphemeral(session.parsed.manifest.nodes[id])),
  );
  const alsoRead = [...new Set([...clones.values()].map(({ schema }) => schema))];
  const database = await connect(session);
  try {
    return exitCode(await runNodes(session, database, chosen, { clones, alsoRead }), request);
  } finally {
    await database.close();
  }
}

function isEphemeral(node: { readonly config: { readonly materialized?: string } } | undefined): boolean {
  return node?.config.materialized === 'ephemeral';
}
