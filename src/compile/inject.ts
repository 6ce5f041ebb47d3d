/** An ephemeral model as a common table expression: ` __dbt__cte__x as (…)`. */
export interface Cte {
  readonly id: string;
  readonly sql: string;
}

/** Puts the expressions before the statement's own, the way dbt prints it. */
export function injectCtes(sql: string, ctes: readonly Cte[]): string {
  if (ctes.length === 0) return sql;
  const joined = ctes.map((cte) => cte.sql).join(', ');
  const own = leadingWith(sql);
  if (own !== undefined) return `${sql.slice(0, own)}${joined}, ${sql.slice(own)}`;
  const start = sql.length - sql.trimStart().length;
  return `${sql.slice(0, start)}with${joined} ${sql.slice(start)}`;
}

/** The lines of a statement after expressions were put into it; what was put in came from no line of its own. */
export function mapInjected(before: string, after: string, lines: readonly number[]): (number | undefined)[] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const injected = after.slice(same, same + after.length - before.length).split('\n').length - 1;
  const head = before.slice(0, same).split('\n').length;
  return [...lines.slice(0, head), ...Array<undefined>(injected).fill(undefined), ...lines.slice(head)];
}

/**
 * Where the statement's own expressions begin, if it opens with WITH [RECURSIVE].
 * Only an opening WITH counts: ClickHouse also says WITH FILL and WITH TOTALS further down.
 */
function leadingWith(sql: string): number | undefined {
  const gap = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)*`;
  const match = new RegExp(`^${gap}with(?=[\\s/-])${gap}(?:recursive(?=[\\s/-])${gap})?`, 'i').exec(sql);
  return match === null ? undefined : match[0].length;
}

export function cteName(identifier: string): string {
  return `__dbt__cte__${identifier}`;
}

export function cteSql(identifier: string, sql: string): string {
  return ` ${cteName(identifier)} as (\n${sql}\n)`;
}
