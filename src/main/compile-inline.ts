import type { ExecuteOutcome } from '../execute/index.ts';
import { inputOf } from './call-input.ts';
import type { Database } from './database.ts';
import { fileSink } from './files.ts';
import { inlineNode } from './inline-node.ts';
import type { Session } from './open-project.ts';
import { sayConcurrency, writeArtifacts } from './run-nodes.ts';
import { showCompiled } from './show-compiled.ts';

/** `compile --inline`: a statement of the command line, which may ref() whatever there is, compiled and shown. */
export async function compileInline(session: Session, database: Database, sql: string): Promise<number> {
  const node = await inlineNode(session.project.root.name, sql);
  const { announceEnd, compileNode } = await import('../execute/index.ts');
  sayConcurrency(session, 1);
  const began = performance.now();
  const { result, node: compiled } = await compileNode(
    { ...(await inputOf(session, database)), write: fileSink(session.project) },
    node,
  );
  const outcome: ExecuteOutcome = {
    results: [result],
    compiled: new Map(),
    elapsed: (performance.now() - began) / 1000,
  };
  announceEnd(session.request.emit, outcome, () => compiled, true);
  await writeArtifacts(session, outcome);
  showCompiled(session, outcome, () => compiled.name);
  return 0;
}
