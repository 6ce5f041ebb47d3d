import { connect } from './database.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { exitCode, runNodes, writeArtifacts } from './run-nodes.ts';

/** build, run, test, seed, snapshot, compile: load -> parse -> graph -> select -> run -> artifacts. Gives the exit code. */
export async function run(request: Request): Promise<number> {
  const session = await openProject(request);
  const { inline } = request.given;
  if (request.which === 'compile' && typeof inline === 'string') return withDatabase(session, inline);
  const chosen = await chooseNodes(session);
  if (chosen.size === 0) {
    request.emit({ name: 'NothingToDo', data: {} });
    const { announceEnd, summarize } = await import('../execute/index.ts');
    const nothing = { results: [], compiled: new Map(), elapsed: 0 };
    announceEnd(request.emit, nothing, () => undefined, true);
    await writeArtifacts(session, nothing);
    // Seeds alone are counted also where there is none.
    if (request.which === 'seed') summarize(request.emit, nothing, () => undefined, false);
    return 0;
  }
  const database = await connect(session);
  try {
    return exitCode(await runNodes(session, database, chosen), request);
  } finally {
    await database.close();
  }
}

async function withDatabase(session: Session, sql: string): Promise<number> {
  const { compileInline } = await import('./compile-inline.ts');
  const database = await connect(session);
  try {
    return await compileInline(session, database, sql);
  } finally {
    await database.close();
  }
}
