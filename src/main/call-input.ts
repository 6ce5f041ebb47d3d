import type { Database } from './database.ts';
import type { Session } from './open-project.ts';

/** What calling a macro outside of a node needs. */
export async function inputOf(session: Session, database: Database) {
  const { project, request } = session;
  const { queryComment } = project;
  return {
    compiler: await session.compiler(),
    adapter: database.adapter,
    queryComment,
    interrupted: request.interrupted,
  };
}
