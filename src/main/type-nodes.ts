import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../check/index.ts';
import type { Manifest } from '../model/index.ts';
import { type CheckEngine, checkEngine } from './check-engine.ts';
import { openMemo } from './check-memo.ts';
import type { Session } from './open-project.ts';
import { readPulled } from './source-schemas.ts';

/** Text of a file of a package, by its path there. */
export type ReadFile = (packageName: string, file: string) => string | undefined;

export interface Typed extends CheckResult {
  /** The nodes of the manifest given as `prior`. */
  readonly before?: CheckResult['nodes'];
}

/**
 * Types nodes, and what they rest on, by an engine of our own; no server is asked.
 * @param prior another manifest to type from the SQL it was compiled to
 * @param shared an engine that stays open; without it one is opened where it is needed, and closed
 */
export async function typeNodes(
  session: Session,
  chosen: ReadonlySet<string>,
  readFile: ReadFile,
  prior?: Manifest,
  shared?: CheckEngine,
): Promise<Typed> {
  const { graph, project } = session;
  const { checkNodes, typeCompiled } = await import('../check/index.ts');
  const engine = shared ?? checkEngine();
  const openEngine = () => engine.open(project);
  const memo = await openMemo(session);
  const pulled = await readPulled(session);
  try {
    // A compiler of its own: what ephemeral models become over empty tables is not what a run makes of them.
    const { createCompiler } = await import('../compile/index.ts');
    const { manifest, library } = session.parsed;
    const compiler = createCompiler({ environment: session.environment, manifest, library, targetPath: 'target' });
    const result = await checkNodes({ compiler, openEngine, graph, chosen, readFile, memo, ...pulled });
    memo.write();
    return prior === undefined
      ? result
      : { ...result, before: await typeCompiled(await openEngine(), prior, result.nodes) };
  } finally {
    if (shared === undefined) await engine.close();
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
