import { join } from 'node:path';
import { TsdbtError, throwProblems } from '../error/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import type { SyncNode } from '../model/index.ts';
import type { ReadName, SyncDefinition } from '../sync/index.ts';
import { chooseSyncIds } from './nodes.ts';
import type { Session } from './open-project.ts';

export interface ProjectSync {
  readonly definition: SyncDefinition;
  readonly node: SyncNode;
}

export interface ProjectSyncs {
  /** A sync comes after those that keep the tables it looks up. */
  readonly all: readonly ProjectSync[];
  /** The project's graph with the syncs in it. */
  readonly graph: ProjectGraph;
}

/** Reads the project's syncs and puts them into its graph. */
export async function openSyncs(session: Session): Promise<ProjectSyncs> {
  const { root } = session.project.root;
  const { loadSyncs } = await import('../sync/index.ts');
  const { withNodes } = await import('../graph/index.ts');
  const { syncs, problems } = await loadSyncs(join(root, 'syncs'), 'syncs');
  throwProblems(problems);
  const all: ProjectSync[] = [];
  for (const definition of syncs) all.push({ definition, node: await nodeOf(session, definition, all) });
  const graph = withNodes(
    session.graph,
    all.map(({ node }) => node),
  );
  return { all, graph };
}

/** By exact name, or by selection over the whole graph; all of them where neither is given. */
export async function chooseSyncs(
  session: Session,
  { all, graph }: ProjectSyncs,
  names: readonly string[],
): Promise<readonly ProjectSync[]> {
  const { given } = session.request;
  const selects = ['select', 'exclude', 'selector'].some((key) => given[key] !== undefined);
  if (names.length > 0 && selects) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: 'Syncs are chosen by their names or by --select, not both',
      hint: `Write: --select ${names.join(' ')} …`,
    });
  }
  if (selects) {
    const chosen = await chooseSyncIds(session, graph);
    return all.filter(({ node }) => chosen.has(node.unique_id));
  }
  if (names.length === 0) return all;
  return names.map((name) => {
    const found = all.find(({ definition }) => definition.name === name);
    if (found !== undefined) return found;
    const known = all.map(({ definition }) => definition.name).join(', ');
    throw new TsdbtError({
      code: 'TSD9001',
      message: `There is no sync named '${name}'`,
      hint: known === '' ? 'syncs/*.yml define none.' : `There are: ${known}.`,
    });
  });
}

async function nodeOf(session: Session, definition: SyncDefinition, before: readonly ProjectSync[]): Promise<SyncNode> {
  const { readersTable, readsOf } = await import('../sync/index.ts');
  const known = readersTable(definition);
  const { name, at, description, tags, mode, connection } = definition;
  const package_name = session.project.root.name;
  const read = await Promise.all(readsOf(definition).map((one) => idOf(session, definition, one)));
  const lookedUp = before.filter(
    ({ definition: other }) =>
      other.connection === connection &&
      definition.enrichment.some(({ table: read }) => {
        const { schema, name: table } = readersTable(other);
        return read.schema === schema && read.name === table;
      }),
  );
  return {
    name,
    resource_type: 'sync',
    package_name,
    path: at.file.replace(/^syncs[\\/]/, ''),
    original_file_path: at.file,
    unique_id: `sync.${package_name}.${name}`,
    fqn: [package_name, 'syncs', name],
    description,
    tags,
    depends_on: { macros: [], nodes: [...new Set([...read, ...lookedUp.map(({ node }) => node.unique_id)])] },
    connection,
    target: `${known.schema}.${known.name}`,
    mode,
  };
}

async function idOf(session: Session, { at }: SyncDefinition, { kind, of, name }: ReadName): Promise<string> {
  const compiler = await session.compiler();
  const { refOf } = await import('../compile/index.ts');
  const found =
    kind === 'ref' ? refOf(compiler, of, name) : compiler.lookup.source(session.project.root.name, of ?? '', name);
  if (found !== undefined) return found.unique_id;
  const what =
    kind === 'ref'
      ? `ref('${name}'), which is no model, seed or snapshot`
      : `source('${of}', '${name}'), which is no source`;
  throw new TsdbtError({ code: 'TSD1103', message: `The sync reads ${what} of the project`, at });
}
