import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../check/index.ts';
import { isDataMap } from '../util/data.ts';
import type { Session } from './open-project.ts';

/** Text of a file of a package, by its path there. */
export type ReadFile = (packageName: string, file: string) => string | undefined;

/** Types nodes, and what they rest on, by an engine of our own; no server is asked. */
export async function typeNodes(
  session: Session,
  chosen: ReadonlySet<string>,
  readFile: ReadFile,
): Promise<CheckResult> {
  const { project, graph } = session;
  const [{ openEngine }, { checkNodes }] = await Promise.all([
    import('../adapter/index.ts'),
    import('../check/index.ts'),
  ]);
  const { custom_settings: settings } = project.target.credentials;
  const engine = await openEngine(isDataMap(settings) ? (settings as Record<string, string | number | boolean>) : {});
  try {
    const compiler = await session.compiler();
    return await checkNodes({ compiler, engine, graph, chosen, readFile });
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
