import { leadingLength } from './statement.ts';

/** ClickHouse refused before anything ran, because it was busy: any statement may be sent again. */
const NOT_BEGUN = new Set(['TOO_MANY_SIMULTANEOUS_QUERIES', 'SESSION_IS_LOCKED', 'SERVER_OVERLOADED']);

/** What passes by itself. The statement may have done part of its work, so only those of HARMLESS are sent again. */
const PASSING = new Set([
  // another server of the cluster, or Keeper, could not be reached
  'DNS_ERROR',
  'SOCKET_TIMEOUT',
  'NETWORK_ERROR',
  'ALL_CONNECTION_TRIES_FAILED',
  'KEEPER_EXCEPTION',
  'NO_ZOOKEEPER',
  'TABLE_IS_READ_ONLY',
  // two changes of one table at a time
  'DEADLOCK_AVOIDED',
  'CANNOT_ASSIGN_ALTER',
  'TABLE_IS_BEING_RESTARTED',
  // merges lag behind, or there is no thread left
  'TOO_MANY_PARTS',
  'CANNOT_SCHEDULE_TASK',
]);

/**
 * Statements that leave the same state when they run twice, beside those that only read. Not among them, because a second run
 * would do more than the first: INSERT, DELETE, EXCHANGE, RENAME, TRUNCATE (rows that came in between would go), and CREATE … AS
 * SELECT without OR REPLACE (a first run that broke off has left its table behind).
 */
const HARMLESS: readonly RegExp[] = [
  // The second finds nothing to drop.
  /^drop\s+(dictionary|view|table|database|schema|function)\s+if\s+exists\b/i,
  // The second finds what the first made; with AS SELECT that might be half of it.
  /^create\s+(database|schema)\s+if\s+not\s+exists\b/i,
  /^create\s+materialized\s+view\s+if\s+not\s+exists\b(?![\s\S]*\bpopulate\b)/i,
  // The whole is made anew.
  /^create\s+or\s+replace\s+(view|dictionary|function|table)\b/i,
  /^system\s+(sync|flush|reload|refresh|wait)\b/i,
  /^set\b/i,
  /^kill\b/i,
];

/** Changes that find their work done the second time; whatever else an ALTER holds is taken for harmful, a word of a comment too. */
const HARMLESS_ALTER = /^alter\s+table\b[\s\S]*\b(add|drop|modify|comment)\s/i;
const HARMFUL_ALTER =
  /\b(rename|replace|delete|update|attach|detach|move|freeze|fetch|clear)\b|\b(add|drop)\s+(?!column\s+if\s)/i;

const READING = /^(select|with|show|describe|desc|exists|explain|check|values|from)\b/i;

/** Whether a statement only reads, so that its rows are wanted and running it twice does no harm. */
export function isReading(sql: string): boolean {
  const start = leadingLength(sql);
  const word = READING.exec(sql.slice(start, start + 32))?.[1]?.toLowerCase();
  // WITH may open an INSERT too. A text that merely mentions one is taken for writing: the careful side.
  return word !== undefined && !(word === 'with' && /\binsert\s+into\b/i.test(sql));
}

/** Whether running a statement a second time leaves what the first alone would have left. */
export function isHarmlessTwice(sql: string): boolean {
  const text = sql.slice(leadingLength(sql));
  if (HARMLESS_ALTER.test(text)) return !HARMFUL_ALTER.test(text);
  return isReading(sql) || HARMLESS.some((pattern) => pattern.test(text));
}

/** Whether ClickHouse's error passes by itself and the statement may be sent again. */
export function mayPass(error: { readonly name: string; readonly text: string }, sql: string): boolean {
  if (NOT_BEGUN.has(error.name)) return true;
  // A server without Keeper gets none by waiting; memory of the whole server is freed by others, the query's own is not.
  const passes =
    error.name === 'MEMORY_LIMIT_EXCEEDED'
      ? /\(total\) memory limit/i.test(error.text)
      : PASSING.has(error.name) && !/configur|readonly setting|read-only mode by/i.test(error.text);
  return passes && isHarmlessTwice(sql);
}
