import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../check/index.ts';
import type { Manifest } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';
import type { Session } from './open-project.ts';

/** Text of a file of a package, by its path there. */
export type ReadFile = (packageName: string, file: string) => string | undefined;

export interface Typed extends CheckResult {
  /** The nodes of the manifest given as `prior`. */
  readonly before?: CheckResult['nodes'];
}

/**
 * Types nodes, and what they rest on, by an engine of our own; no server is asked.
 * @param prior another manifest to type from the SQL it was compiled to
 */
export async function typeNodes(
  session: Session,
  chosen: ReadonlySet<string>,
  readFile: ReadFile,
  prior?: Manifest,
): Promise<Typed> {
  const { project, graph } = session;
  const [{ openEngine }, { checkNodes, typeCompiled }] = await Promise.all([
    import('../adapter/index.ts'),
    import('../check/index.ts'),
  ]);
  const { custom_settings: settings } = project.target.credentials;
  const engine = await openEngine(isDataMap(settings) ? (settings as Record<string, string | number | boolean>) : {});
  try {
    const compiler = await session.compiler();
    const result = await checkNodes({ compiler, engine, graph, chosen, readFile });
    return prior === undefined ? result : { ...result, before: await typeCompiled(engine, prior, result.nodes) };
  } finally {
    await engine.close();
  }
}

/** Files of packages by their path there; each is read once. */
export function fileReader({ environment }: Session): ReadFile {
  const known = new Map<string, string | undefined>();
  const { packages, rootPackage } = environment;
  return (packageName, file) => {
    const { root } = packages.find(({ name }) => name === packageName) ?? rootPackage;
    const path = join(root, file);
    if (!known.has(path)) known.set(path, textOf(path));
    return known.get(path);
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
