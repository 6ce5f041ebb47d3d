import {
  attribute,
  callsAny,
  isAggregate,
  listed,
  nodesIn,
  readsMerged,
  type TreeNode,
  tablesOf,
} from '../lineage/tree.ts';
import { type Hit, type Lint, literally } from './lint.ts';

/** A ReplacingMergeTree joined or copied row by row without FINAL: rows that are not merged yet come twice. */
export const withoutFinal: Lint = ({ tree, engineOf }) => {
  const hits = new Map<string, Hit>();
  look(tree);
  return [...hits.values()];

  function look(node: TreeNode): void {
    if (node.kind === 'QUERY') {
      if (isFolded(node) || readsMerged(node)) return;
      nodesIn(node, 'JOIN TREE').flatMap(tablesOf).forEach(lookAt);
    }
    for (const { nodes } of node.sections) nodes.forEach(look);
  }

  function lookAt(table: TreeNode): void {
    if (table.kind !== 'TABLE') return;
    const relation = attribute(table, 'table_name') ?? '';
    const engine = engineOf(relation);
    if (engine === undefined || !/Replacing|Collapsing/.test(engine) || attribute(table, 'final') === '1') return;
    const name = relation.split('.').at(-1)!;
    hits.set(relation, {
      code: 'TSD4104',
      message: `reads ${name} (${engine}) without FINAL: rows that are replaced and not merged yet are there twice`,
      hint: 'Write FINAL behind the table, settings final = 1, or fold the versions: argMax, LIMIT 1 BY, GROUP BY its key.',
      places: [new RegExp(`\\b${literally(name)}\\b`)],
    });
  }
};

/** Grouped, made distinct or limited by a key: versions of a row fold into one, as far as can be seen. */
function isFolded(query: TreeNode): boolean {
  if (attribute(query, 'is_distinct') === '1') return true;
  if (['GROUP BY', 'LIMIT BY'].some((clause) => nodesIn(query, clause).length > 0)) return true;
  return nodesIn(query, 'PROJECTION')
    .flatMap(listed)
    .some((part) => callsAny(part, isAggregate));
}
