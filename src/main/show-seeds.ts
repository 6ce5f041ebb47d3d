import type { ExecuteOutcome } from '../execute/index.ts';
import { inputOf } from './call-input.ts';
import type { Database } from './database.ts';
import { inlineNode } from './inline-node.ts';
import type { Session } from './open-project.ts';

const ROWS = 10;

/** `seed --show`: some rows of each table that was loaded, taken by chance as dbt takes them. */
export async function showSeeds(session: Session, database: Database, { results }: ExecuteOutcome): Promise<void> {
  const { project, parsed, request } = session;
  const { showNode } = await import('../execute/index.ts');
  const input = { ...(await inputOf(session, database)), write: () => {} };
  const line = (msg: string): void => request.emit({ name: 'Formatting', data: { msg } });
  for (const { unique_id, status } of results) {
    const seed = parsed.manifest.nodes[unique_id];
    if (seed?.resource_type !== 'seed' || status === 'error' || status === 'skipped') continue;
    const header = `Random sample of table: ${seed.schema}.${seed.alias}`;
    const sql = `{% raw %}select * from ${seed.relation_name} order by rand() limit ${ROWS}{% endraw %}`;
    const { text } = await showNode(input, await inlineNode(project.root.name, sql), 'as it is');
    line('');
    request.emit({ name: 'SeedHeader', data: { header } });
    line('-'.repeat(header.length));
    request.emit({ name: 'PrintEvent', data: { msg: text } });
    line('');
  }
}
