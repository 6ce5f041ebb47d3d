import type { FunctionNode } from '../../model/index.ts';
import type { Problems } from '../problems.ts';
import { invalid } from '../semantic/common.ts';
import type { Draft, Found } from '../types.ts';
import { packagesToSearch } from './index-by-name.ts';

/** Looks up what `function()` was called with, and lets whoever called it depend on it. */
export function resolveFunctions(found: Found, root: string, problems: Problems): void {
  for (const draft of [...found.nodes.values(), ...found.functions.values()]) {
    const { node } = draft;
    if (node.resource_type === 'seed' || node.functions.length === 0) continue;
    problems.attempt(() => addFunctions(draft, found, root), found.described.get(node.unique_id));
  }
}

function addFunctions({ node }: Draft, found: Found, root: string): void {
  const ids = (node as FunctionNode).functions.map((asked) => {
    const [first = '', second] = asked as readonly string[];
    const packages = second === undefined ? packagesToSearch(root, node.package_name) : [first];
    const name = second ?? first;
    const id = packages.map((each) => `function.${each}.${name}`).find((each) => found.functions.has(each));
    if (id === undefined)
      throw invalid(`'${node.unique_id}' depends on a function named '${name}' which was not found`);
    return id;
  });
  const { macros, nodes } = node.depends_on as FunctionNode['depends_on'];
  node.depends_on = { macros, nodes: [...new Set([...nodes, ...ids])] };
}
