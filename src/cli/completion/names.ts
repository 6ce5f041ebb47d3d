import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Names } from './candidates.ts';

const NONE: Names = { nodes: [], selectors: [], macros: [] };
const METHODS = [
  'tag:',
  'source:',
  'exposure:',
  'path:',
  'state:',
  'config.materialized:',
  'resource_type:',
  'result:',
];

/**
 * Names in the project that the folder lies in, as its last manifest has them: kept below .tsdbt, so that a key pressed
 * reads a small file. Nothing, where there is no project or it was never parsed.
 */
export function projectNames(cwd: string, env: NodeJS.ProcessEnv): Names {
  try {
    const root = projectAbove(cwd, env);
    const manifest = resolve(root, env['DBT_TARGET_PATH'] || 'target', 'manifest.json');
    const kept = join(root, '.tsdbt/names.json');
    if (existsSync(kept) && statSync(kept).mtimeMs > statSync(manifest).mtimeMs)
      return JSON.parse(readFileSync(kept, 'utf8'));
    const names = namesOf(JSON.parse(readFileSync(manifest, 'utf8')));
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(names));
    return names;
  } catch {
    // A key pressed is no place for an error.
    return NONE;
  }
}

function projectAbove(folder: string, env: NodeJS.ProcessEnv): string {
  if (env['DBT_PROJECT_DIR']) return resolve(folder, env['DBT_PROJECT_DIR']);
  for (const place of [folder, join(folder, 'project')]) if (existsSync(join(place, 'dbt_project.yml'))) return place;
  if (dirname(folder) === folder) throw new Error('no project');
  return projectAbove(dirname(folder), env);
}

interface ManifestLike {
  readonly metadata: { readonly project_name: string };
  readonly nodes: Readonly<Record<string, NodeLike>>;
  readonly sources: Readonly<Record<string, NodeLike & { readonly source_name: string }>>;
  readonly exposures: Readonly<Record<string, NodeLike>>;
  readonly macros: Readonly<Record<string, NodeLike>>;
  readonly selectors: Readonly<Record<string, unknown>>;
}

interface NodeLike {
  readonly name: string;
  readonly resource_type: string;
  readonly package_name: string;
  readonly tags?: readonly string[];
}

function namesOf({ metadata, nodes, sources, exposures, macros, selectors }: ManifestLike): Names {
  const own = Object.values(nodes).filter(({ resource_type }) => resource_type !== 'operation');
  const tags = [...Object.values(nodes), ...Object.values(sources)].flatMap((node) => node.tags ?? []);
  return {
    nodes: [
      ...own.map(({ name }) => name),
      ...tags.map((tag) => `tag:${tag}`),
      ...Object.values(sources).map(({ source_name, name }) => `source:${source_name}.${name}`),
      ...Object.values(exposures).map(({ name }) => `exposure:${name}`),
      ...METHODS,
    ],
    selectors: Object.keys(selectors),

    macros: Object.values(macros)
      .filter(({ package_name }) => package_name === metadata.project_name)
      .map(({ name }) => name),
  };
}
