import { literalOf } from './literal.ts';
import * as nodes from './syntax/nodes.ts';
import type { Value } from './values/object.ts';

/** A call as it stands in a template. An argument that is not a literal is JavaScript's undefined. */
export interface FoundCall {
  /** The function as written, with its dots: `ref`, `adapter.dispatch`, `dbt_utils.star`. */
  readonly name: string;
  readonly args: readonly (Value | undefined)[];
  readonly kwargs: ReadonlyMap<string, Value | undefined>;
  readonly line: number;
  readonly node: nodes.Call;
}

/** `a.b.c` as text, where the expression is nothing but names and attributes. */
function dottedName(node: nodes.Expr): string | undefined {
  if (node instanceof nodes.Name) return node.name;
  if (!(node instanceof nodes.Getattr)) return undefined;
  const owner = dottedName(node.node);
  return owner === undefined ? undefined : `${owner}.${node.attr}`;
}

/** Every call of a named function in a tree, in document order, calls inside arguments included. */
export function* findCalls(root: nodes.JinjaNode): Generator<FoundCall> {
  for (const node of nodes.descendants(root, 'Call') as Generator<nodes.Call>) {
    const name = dottedName(node.node);
    if (name === undefined) continue;
    const kwargs = new Map(node.kwargs.map(({ key, value }) => [key, literalOf(value)] as const));
    yield { name, args: node.args.map(literalOf), kwargs, line: node.lineno, node };
  }
}

/** Whether a name is read anywhere in a tree. */
export function usesName(root: nodes.JinjaNode, name: string): boolean {
  for (const node of nodes.descendants(root, 'Name') as Generator<nodes.Name>) {
    if (node.name === name && node.ctx === 'load') return true;
  }
  return false;
}
