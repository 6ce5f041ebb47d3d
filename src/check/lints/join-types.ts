import { attribute, listed, nodesIn, type TreeNode } from '../lineage/tree.ts';
import { type Hit, type Lint, literally, nodesOf } from './lint.ts';

/** A join on keys of two kinds: values that look the same may never be equal. */
export const joinTypes: Lint = ({ tree }) => {
  const hits: Hit[] = [];
  for (const join of nodesOf(tree)) {
    if (join.kind !== 'JOIN') continue;
    for (const condition of nodesIn(join, 'JOIN EXPRESSION')) {
      for (const [left, right] of pairsOf(condition)) {
        const [a, b] = [attribute(left, 'result_type') ?? '', attribute(right, 'result_type') ?? ''];
        if (familyOf(a) === familyOf(b)) continue;
        const [x, y] = [nameOf(left), nameOf(right)];
        hits.push({
          code: 'TSD4103',
          message: `joins ${x} (${a}) with ${y} (${b})`,
          hint: 'Cast one side to the type of the other, so that it says what is meant to be equal.',
          places: [
            new RegExp(`\\b${literally(x)}[\`"]?\\s*=\\s*[\\w\`".]*\\b${literally(y)}\\b`),
            new RegExp(`\\b${literally(y)}[\`"]?\\s*=\\s*[\\w\`".]*\\b${literally(x)}\\b`),
            /\busing\b/i,
            /\bjoin\b/i,
          ],
        });
      }
    }
  }
  return hits;
};

/** Columns that a condition holds to be equal: `a = b and …`, USING. */
function pairsOf(condition: TreeNode): readonly (readonly [TreeNode, TreeNode])[] {
  if (condition.kind === 'LIST') return listed(condition).flatMap(pairsOf);
  const parts =
    condition.kind === 'COLUMN'
      ? nodesIn(condition, 'EXPRESSION').flatMap(listed)
      : nodesIn(condition, 'ARGUMENTS').flatMap(listed);
  if (attribute(condition, 'function_name') === 'and') return parts.flatMap(pairsOf);
  const isEquality = condition.kind === 'COLUMN' || attribute(condition, 'function_name') === 'equals';
  const [a, b] = parts;
  return isEquality && a?.kind === 'COLUMN' && b?.kind === 'COLUMN' ? [[a, b]] : [];
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^U?Int|^Bool/, 'integer'],
  [/^Float|^BFloat/, 'float'],
  [/^Decimal/, 'decimal'],
  [/^DateTime/, 'time'],
  [/^Date/, 'date'],
  [/^String|^Enum/, 'text'],
];

/** Types whose equal values are equal. */
function familyOf(type: string): string {
  const bare = type.replace(/^(?:(?:Nullable|LowCardinality)\()+/, '');
  return FAMILIES.find(([pattern]) => pattern.test(bare))?.[1] ?? bare.replace(/[(,)].*$/, '');
}

function nameOf(column: TreeNode): string {
  return attribute(column, 'column_name')?.split('.').at(-1) ?? '';
}
