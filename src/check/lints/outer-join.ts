import { attribute, listed, nodesIn, type TreeNode, tablesOf } from '../lineage/tree.ts';
import { type Hit, type Lint, literally, nodesOf } from './lint.ts';

const ASKS: ReadonlySet<string> = new Set(['isNull', 'isNotNull', 'coalesce', 'ifNull']);

/** A column of the side an outer join may leave empty, asked for NULL: ClickHouse fills defaults there, so the answer is always no. */
export const outerJoinDefaults: Lint = ({ tree }) => {
  const empty = new Map<number, string>();
  for (const join of nodesOf(tree)) {
    if (join.kind !== 'JOIN') continue;
    const kind = attribute(join, 'kind');
    if (kind === 'LEFT' || kind === 'FULL') markTables(join, 'RIGHT TABLE EXPRESSION', kind, empty);
    if (kind === 'RIGHT' || kind === 'FULL') markTables(join, 'LEFT TABLE EXPRESSION', kind, empty);
  }
  if (empty.size === 0) return [];
  const hits: Hit[] = [];
  for (const call of nodesOf(tree)) {
    const name = attribute(call, 'function_name') ?? '';
    if (call.kind !== 'FUNCTION' || !ASKS.has(name)) continue;
    const [first] = nodesIn(call, 'ARGUMENTS').flatMap(listed);
    if (first?.kind !== 'COLUMN' || mayBeNull(first)) continue;
    const kind = empty.get(Number(attribute(first, 'source_id')));
    if (kind === undefined) continue;
    const column = attribute(first, 'column_name') ?? '';
    const type = attribute(first, 'result_type') ?? '';
    const word = literally(column.split('.').at(-1)!);
    hits.push({
      code: 'TSD4101',
      message: `${column} is never NULL: where the ${kind} JOIN finds nothing it is the default of ${type}`,
      hint: 'Set join_use_nulls = 1 in the model’s query_settings, or compare with what only a match has.',
      places: [
        new RegExp(`\\b${word}[\`"]?\\s+is\\s+(?:not\\s+)?null`, 'i'),
        new RegExp(`(?:isnull|isnotnull|coalesce|ifnull)\\s*\\(\\s*(?:[\\w\`"]+\\.)?[\`"]?${word}\\b`, 'i'),
        new RegExp(`\\b${word}\\b`),
      ],
    });
  }
  return hits;
};

function mayBeNull(column: TreeNode): boolean {
  return /Nullable|Variant|Dynamic|JSON/.test(attribute(column, 'result_type') ?? '');
}

/** The tables and subqueries of one side, through the joins below it. */
function markTables(join: TreeNode, side: string, kind: string, empty: Map<number, string>): void {
  for (const table of nodesIn(join, side).flatMap(tablesOf)) empty.set(table.id, kind);
}
