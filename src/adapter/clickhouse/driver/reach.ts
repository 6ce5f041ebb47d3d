/** Which servers are asked what became of a statement. */
export interface Reach {
  /** All of this cluster; without one, the server that answers. */
  readonly cluster: string | undefined;
  /** Whether the statement can have gone to none but them: what their logs do not know never arrived. */
  readonly isAll: boolean;
}

export const NEAREST: Reach = { cluster: undefined, isAll: false };

/**
 * Behind one address there may be several servers. One with neither Keeper nor others in its clusters shares its tables with
 * nobody, so there is no second; otherwise it may be any of the largest cluster that the server is part of.
 * The log tells of an absence only where it is told of everything.
 */
const QUESTION = `WITH (NOT is_local AND host_address NOT LIKE '127.%' AND host_address != '::1') AS is_other
SELECT
  (SELECT countIf(is_other) FROM system.clusters) + (SELECT count() FROM system.tables WHERE database = 'system' AND name = 'zookeeper'),
  (SELECT cluster FROM system.clusters GROUP BY cluster HAVING max(is_local) AND max(is_other) ORDER BY count() DESC LIMIT 1),
  (SELECT count() FROM system.settings WHERE (name, value) IN (('log_queries', '1'), ('log_queries_probability', '1'), ('log_queries_min_query_duration_ms', '0'), ('log_queries_min_type', 'QUERY_START')))`;
const LOG_SETTINGS = 4;

/**
 * @param cluster the profile's
 * @param ask gives the rows of a question; throws where there is no answer
 */
export async function findReach(
  cluster: string | undefined,
  ask: (question: string) => Promise<readonly (readonly unknown[])[]>,
): Promise<Reach> {
  const [[others, largest, logSettings] = []] = await ask(QUESTION);
  const found = typeof largest === 'string' && largest !== '' ? largest : undefined;
  const asked = cluster ?? (Number(others) === 0 ? undefined : found);
  const isEvery = asked !== undefined || Number(others) === 0;
  return { cluster: asked, isAll: isEvery && Number(logSettings) === LOG_SETTINGS };
}
