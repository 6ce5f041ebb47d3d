import type { Emit } from '../../model/index.ts';
import type { RelationCache } from './catalog/cache.ts';
import { type Driver, isDatabaseError } from './driver/index.ts';
import { type Relation, viewsFirst } from './objects/relation.ts';
import { stringLiteral } from './quote.ts';
import { invocationOf } from './staging-name.ts';

/** Between two statements of a node its staging relation is touched by none; so long a rest no living node takes. */
const REST_SECONDS = 600;

interface Sweep {
  readonly invocationId: string;
  readonly emit: Emit;
  readonly cache: RelationCache;
  /** The profile's: its relations lie on all nodes, and their statements run on any. */
  readonly cluster: string | null;
  /** Whether it is known of an invocation that its process is gone. */
  readonly isDead: (invocationId: string) => boolean;
}

/**
 * Drops staging relations of invocations that are dead: no statement on the server names their id, and their process is
 * known to be gone, or, where it ran on another machine, the relation has rested for ten minutes. Asks the server only where
 * there are such relations at all; where it does not say what runs, they stay.
 */
export async function dropDeadLeftovers(driver: Driver, relations: readonly Relation[], sweep: Sweep): Promise<void> {
  const candidates = relations.filter((relation) => {
    const owner = invocationOf(relation.state.identifier ?? '');
    return owner !== undefined && owner !== sweep.invocationId;
  });
  if (candidates.length === 0) return;
  const stays = (what: string, error: unknown): void => {
    if (!isDatabaseError(error)) throw error;
    sweep.emit({ name: 'AdapterEventDebug', data: { base_msg: `${what} stays: ${error.message}` } });
  };
  let dead = new Set<string>();
  try {
    const { rows } = await driver.query(deadSql(candidates, sweep), { fetch: true });
    dead = new Set(rows.map(([schema, name]) => `${schema}.${name}`));
  } catch (error) {
    stays('what dead invocations left', error);
  }
  for (const relation of viewsFirst(candidates)) {
    const { schema, identifier, canOnCluster } = relation.state;
    if (!dead.has(`${schema}.${identifier}`)) continue;
    const onCluster = sweep.cluster !== null && canOnCluster ? ` ON CLUSTER "${sweep.cluster}" SYNC` : '';
    try {
      await driver.query(`drop table if exists ${relation.render()}${onCluster}`, { fetch: false });
      sweep.cache.drop(relation);
    } catch (error) {
      stays(relation.render(), error);
    }
  }
}

function deadSql(candidates: readonly Relation[], { isDead, cluster }: Sweep): string {
  const processes = cluster === null ? 'system.processes' : `clusterAllReplicas("${cluster}", system.processes)`;
  const named = (relations: readonly Relation[]): string => {
    const names = relations.map(
      ({ state }) => `(${stringLiteral(state.schema ?? '')}, ${stringLiteral(state.identifier ?? '')})`,
    );
    return names.length === 0 ? 'false' : `(database, name) in (${names.join(', ')})`;
  };
  const dead = candidates.filter(({ state }) => isDead(invocationOf(state.identifier ?? '') ?? ''));
  return `select database, name
from system.tables
where ${named(candidates)}
  and (${named(dead)} or metadata_modification_time < now() - ${REST_SECONDS})
  and not arrayExists(running -> position(running, substring(name, -36)) > 0,
    (select groupArray(query) from ${processes} where initial_query_id != initialQueryID()))`;
}
