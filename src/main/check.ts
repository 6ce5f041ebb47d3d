import { join } from 'node:path';
import type { CheckOutput, CheckResult } from '../check/index.ts';
import { compareWith } from './check-changes.ts';
import type { CheckEngine } from './check-engine.ts';
import { isPartial } from './check-memo.ts';
import { diffSchemas, pullSchemas } from './check-sources.ts';
import type { CheckEnded } from './check-watch.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import { readPrior } from './prior-columns.ts';
import type { Request } from './request.ts';
import { syncColumns } from './sync-columns.ts';
import { fileReader, typeNodes } from './type-nodes.ts';

/** `check`: types every chosen node by an engine of its own; no server is asked. 1 where an error was found. */
export async function check(request: Request): Promise<number> {
  const { pull, diff, watch } = request.given;
  if (pull === true) return pullSchemas(await openProject(request));
  if (diff === true) return diffSchemas(await openProject(request));
  if (watch === true) return (await import('./check-watch.ts')).watchAndCheck(request, checkOnce);
  return (await checkOnce(request)).code;
}

async function checkOnce(request: Request, engine?: CheckEngine): Promise<CheckEnded> {
  const began = performance.now();
  const session = await openProject(request);
  const { rootPackage, packages } = session.environment;
  const folders = [rootPackage, ...packages].flatMap(({ root, paths }) =>
    Object.values(paths).flatMap((list) => list.map((path) => join(root, path))),
  );
  const ended = (code: number): CheckEnded => ({ code, root: rootPackage.root, folders });
  const chosen = await chooseNodes(session);
  if (chosen.size === 0) {
    request.emit({ name: 'NoNodesSelected', data: {} });
    return ended(0);
  }
  const { renderCheck, syncFindings, syncNode } = await import('../check/index.ts');
  const readFile = fileReader(session);
  const prior = await readPrior(session);
  const compiled = prior?.lineage === undefined ? prior?.manifest : undefined;
  const typed = await typeNodes(session, chosen, readFile, compiled, engine);
  const syncs = isPartial(request) ? [] : await syncColumns(session, typed.nodes);
  const inSyncs = syncs.flatMap((sync) => syncFindings(sync, readFile(rootPackage.name, sync.at.file)));
  const changes = prior && (await compareWith(session, prior, typed, chosen));
  const result = { ...typed, findings: [...typed.findings, ...inSyncs, ...(changes?.findings ?? [])] };
  if (!isPartial(request))
    await writeLineage(
      session,
      new Map([
        ...typed.nodes,
        ...syncs.map((sync) => [sync.uniqueId, syncNode(sync, typed.nodes.get(sync.reads)!)] as const),
      ]),
    );
  const output = (request.given['output'] ?? 'text') as CheckOutput;
  const msg = renderCheck(output, {
    result,
    chosen,
    changes: changes?.changes,
    seconds: (performance.now() - began) / 1000,
    excerptOf: ({ uniqueId, at }) => readFile(uniqueId.split('.')[1] ?? rootPackage.name, at.file),
  });
  if (msg !== '') request.emit({ name: 'PrintEvent', data: { msg } });
  return ended(result.findings.some(({ severity }) => severity === 'error') ? 1 : 0);
}

async function writeLineage({ project, request }: Session, nodes: CheckResult['nodes']): Promise<void> {
  if (project.flags['write_json'] === false) return;
  const { writeColumnLineage } = await import('../artifacts/index.ts');
  const lineage = [...nodes].map(([id, { state, columns, lineage }]) => {
    const known = columns.map(({ name, type }) => ({ name, type, ...(lineage?.columns.get(name) ?? NOTHING) }));
    return [id, { state, columns: known, rows: lineage?.rows ?? NOTHING, reads: lineage?.reads ?? [] }] as const;
  });
  const path = writeColumnLineage(project.targetPath, project.invocation, new Map(lineage));
  request.emit({ name: 'ArtifactWritten', data: { artifact_type: 'ColumnLineage', artifact_path: path } });
}

const NOTHING = { sources: [], signatures: [] };
