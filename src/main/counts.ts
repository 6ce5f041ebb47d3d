import type { Counts } from '../parse/index.ts';
import { plural } from '../util/plural.ts';

/** How many of each kind a project has, in dbt's words; what it has none of is not named. */
export function foundLine(counts: Counts, isInline = false): string {
  return [...counts.nodes, ...(isInline ? [['sql_operation', 1] as const] : []), ...counts.others]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => plural(count, kind === 'data_test' && count === 1 ? 'test' : kind))
    .join(', ');
}
