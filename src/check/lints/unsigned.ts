import { attribute, listed, nodesIn, type TreeNode } from '../lineage/tree.ts';
import { type Hit, type Lint, nodesOf } from './lint.ts';

/** A difference made unsigned: below zero it wraps around to a huge number. */
export const unsignedDifference: Lint = ({ tree }) => {
  const hits: Hit[] = [];
  for (const call of nodesOf(tree)) {
    const type = call.kind === 'FUNCTION' ? unsignedTarget(call) : undefined;
    const [value] = type === undefined ? [] : nodesIn(call, 'ARGUMENTS').flatMap(listed);
    if (value?.kind !== 'FUNCTION' || attribute(value, 'function_name') !== 'minus') continue;
    if (!/^(?:Nullable\()?Int/.test(attribute(value, 'result_type') ?? '')) continue;
    hits.push({
      code: 'TSD4102',
      message: `a difference becomes ${type}: below zero it wraps around to a huge number`,
      hint: 'Keep it signed, or cut it off: greatest(a - b, 0).',
      places: [/toUInt\d+\s*\([^()]*-/i, /-[^;]*?(?:as|::)\s*'?UInt\d+/i, /UInt\d+/i],
    });
  }
  return hits;
};

/** What `toUInt32(x)` and `cast(x as UInt32)` make. */
function unsignedTarget(call: TreeNode): string | undefined {
  const name = attribute(call, 'function_name') ?? '';
  if (/^toUInt\d+$/.test(name)) return name.slice(2);
  if (!/^(?:_CAST|CAST)$/i.test(name)) return undefined;
  const [, target] = nodesIn(call, 'ARGUMENTS').flatMap(listed);
  return /^'(?:Nullable\()?(UInt\d+)/.exec(attribute(target ?? call, 'constant_value') ?? '')?.[1];
}
