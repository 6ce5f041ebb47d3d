import { connect } from './database.ts';
import { chooseNodes } from './nodes.ts';
import { openProject } from './open-project.ts';
import type { Request } from './request.ts';
import { exitCode, runNodes, writeArtifacts } from './run-nodes.ts';

/** build, run, test, seed, snapshot, compile: load -> parse -> graph -> select -> run -> artifacts. Gives the exit code. */
export async function run(request: Request): Promise<number> {
  const session = await openProject(request);
  const chosen = await chooseNodes(session);
  if (chosen.size === 0) {
    request.emit({ name: 'NothingToDo', data: {} });
    await writeArtifacts(session, { results: [], compiled: new Map(), elapsed: 0 });
    return 0;
  }
  const database = await connect(session);
  try {
    const code = exitCode(await runNodes(session, database, chosen), request);
    // For dbt, what cannot be compiled is no result.
    return code === 1 && request.which === 'compile' ? 2 : code;
  } finally {
    await database.close();
  }
}
