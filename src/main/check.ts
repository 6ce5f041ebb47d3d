import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckOutput, CheckResult } from '../check/index.ts';
import { isDataMap } from '../util/data.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';

/** `check`: types every chosen node by an engine of its own; no server is asked. 1 where an error was found. */
export async function check(request: Request): Promise<number> {
  const began = performance.now();
  const session = await openProject(request);
  const chosen = await chooseNodes(session);
  if (chosen.size === 0) {
    request.emit({ name: 'NoNodesSelected', data: {} });
    return 0;
  }
  const readFile = fileReader(session);
  const result = await onEngine(session, chosen, readFile);
  const { renderCheck } = await import('../check/index.ts');
  const output = (request.given['output'] ?? 'text') as CheckOutput;
  const { rootPackage } = session.environment;
  const msg = renderCheck(output, {
    result,
    chosen,
    seconds: (performance.now() - began) / 1000,
    excerptOf: ({ uniqueId, at }) => readFile(uniqueId.split('.')[1] ?? rootPackage.name, at.file),
  });
  if (msg !== '') request.emit({ name: 'PrintEvent', data: { msg } });
  return result.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

async function onEngine(
  session: Session,
  chosen: ReadonlySet<string>,
  readFile: ReturnType<typeof fileReader>,
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
function fileReader({ environment }: Session): (packageName: string, file: string) => string | undefined {
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
