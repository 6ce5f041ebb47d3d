import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Driver, ensureServer, openDriver } from '../../../src/adapter/index.ts';
import { type Checkout, checkout } from '../../e2e/checkout.ts';

const NOW = '{as_of: "2026-06-01 12:00:00"}';

/** A model as it was compiled, in the order of the graph. */
export interface Model {
  readonly id: string;
  /** `database.name`, both quoted, as compiled SQL writes it. */
  readonly relation: string;
  readonly parents: readonly string[];
  /** Of its first run. */
  readonly sql: string;
  readonly settings: string;
}

export interface Source {
  readonly id: string;
  readonly relation: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Stir, invented and built on a private server, with what `check` says of it. */
export interface World {
  readonly driver: Driver;
  readonly sources: readonly Source[];
  readonly models: readonly Model[];
  readonly lineage: Readonly<Record<string, LineageNode>>;
  end(): Promise<void>;
}

export interface Use {
  readonly node: string;
  readonly column: string;
  readonly kind: string;
}

export interface LineageNode {
  readonly columns: Readonly<Record<string, { readonly type: string; readonly sources: readonly Use[] }>>;
  readonly rows: { readonly sources: readonly Use[] };
  readonly reads: readonly string[];
}

interface ManifestNode {
  readonly resource_type: string;
  readonly relation_name: string;
  readonly schema: string;
  readonly original_file_path: string;
  readonly compiled_code?: string;
  readonly config: { readonly query_settings?: Readonly<Record<string, unknown>> };
  readonly depends_on: { readonly nodes: readonly string[] };
}

/**
 * @param select what is built, as --select takes it; everything without
 */
export async function openWorld(accounts: number, select: readonly string[] = []): Promise<World> {
  const project = checkout();
  const server = await ensureServer({ dataDir: join(project.dir, 'project/.tsdbt/clickhouse'), label: 'the test' });
  const driver = await openDriver({ ...server, schema: 'default' }, { singleServer: true });
  const args = `{accounts: ${accounts}, days: 60, seed: 7}`;
  await succeed(project, ['run-operation', 'generate_sources', '--vars', NOW, '--args', args]);
  const chosen = select.length > 0 ? ['--select', ...select] : [];
  await succeed(project, ['run', '--full-refresh', '--vars', NOW, ...chosen]);
  const manifest = read(project, 'manifest.json');
  await succeed(project, ['check', '--vars', NOW]);
  const lineage = read(project, 'column_lineage.json')['nodes'] as World['lineage'];
  const nodes = Object.entries(manifest['nodes'] as Record<string, ManifestNode>);
  const models = nodes.filter(([id, node]) => id.startsWith('model.') && node.compiled_code).map(modelOf);
  return {
    driver,
    sources: Object.values(manifest['sources'] as Record<string, ManifestSource>).map(sourceOf),
    models: inOrder(models),
    lineage,
    async end() {
      await driver.close();
      await server.release();
      await project.remove();
    },
  };
}

interface ManifestSource {
  readonly unique_id: string;
  readonly relation_name: string;
  readonly columns: Readonly<Record<string, { readonly name: string; readonly data_type: string }>>;
}

function sourceOf({ unique_id: id, relation_name: relation, columns }: ManifestSource): Source {
  return { id, relation, columns: Object.values(columns).map(({ name, data_type: type }) => ({ name, type })) };
}

function modelOf([id, node]: readonly [string, ManifestNode]): Model {
  const settings = Object.entries(node.config.query_settings ?? {}).map(
    ([name, value]) => `${name} = ${typeof value === 'string' ? `'${value}'` : value}`,
  );
  return {
    id,
    relation: node.relation_name,
    parents: node.depends_on.nodes,
    sql: node.compiled_code!,
    settings: settings.join(', '),
  };
}

function inOrder(models: readonly Model[]): readonly Model[] {
  const left = new Map(models.map((model) => [model.id, model]));
  const ordered: Model[] = [];
  const take = (model: Model): void => {
    if (!left.delete(model.id)) return;
    for (const parent of model.parents) {
      const before = left.get(parent);
      if (before !== undefined) take(before);
    }
    ordered.push(model);
  };
  for (const model of models) take(model);
  return ordered;
}

function read(project: Checkout, file: string): Record<string, unknown> {
  const path = join(project.dir, 'project/target', file);
  if (!existsSync(path)) throw new Error(`no ${file}`);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

async function succeed(project: Checkout, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await project.run(args);
  if (code !== 0) throw new Error(`tsdbt ${args.join(' ')}: ${stdout.slice(-2000)}${stderr}`);
}
