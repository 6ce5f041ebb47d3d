import type { Emit } from '../../model/index.ts';
import type { RelationCache } from './catalog/cache.ts';
import { type Driver, isDatabaseError } from './driver/index.ts';
import type { Relation } from './objects/relation.ts';
import { stringLiteral } from './quote.ts';
import { invocationOf } from './staging-name.ts';

/** Between two statements of a node its staging relation is touched by none; so long a rest no living node takes. */
const REST_SECONDS = 600;

interface Sweep {
  readonly invocationId: string;
  readonly emit: Emit;
  readonly cache: RelationCache;
}

/**
 * Drops staging relations of invocations that are dead: no statement on the server names their id, and the relation has
 * rested for ten minutes. Asks the server only where there are such relations at all.
 */
export async function dropDeadLeftovers(driver: Driver, relations: readonly Relation[], sweep: Sweep): Promise<void> {
  const candidates = relations.filter((relation) => {
    const owner = invocationOf(relation.state.identifier ?? '');
    return owner !== undefined && owner !== sweep.invocationId;
  });
  if (candidates.length === 0) return;
  const { rows } = await driver.query(deadSql(candidates), { fetch: true });
  const dead = new Set(rows.map(([schema, name]) => `${schema}.${name}`));
  for (const relation of candidates) {
    const { schema, identifier } = relation.state;
    if (!dead.has(`${schema}.${identifier}`)) continue;
    try {
      await driver.query(`drop table if exists ${relation.render()}`, { fetch: false });
      sweep.cache.drop(relation);
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      sweep.emit({ name: 'AdapterEventDebug', data: { base_msg: `${relation.render()} stays: ${error.message}` } });
    }
  }
}

function deadSql(candidates: readonly Relation[]): string {
  const names = candidates.map(
    ({ state }) => `(${stringLiteral(state.schema ?? '')}, ${stringLiteral(state.identifier ?? '')})`,
  );
  return `select database, name
from system.tables
where (database, name) in (${names.join(', ')})
  and metadata_modification_time < now() - ${REST_SECONDS}
  and not arrayExists(running -> position(running, substring(name, -36)) > 0,
    (select groupArray(query) from system.processes where query_id != queryID()))`;
}
