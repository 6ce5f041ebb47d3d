import * as nodes from '../syntax/nodes.ts';
import type { Emitter } from './emitter.ts';

/** Whether Jinja2 would compute the expression while compiling: no name, no call, no filter that needs the context. */
export function isConstant(c: Emitter, node: nodes.JinjaNode): boolean {
  if (node instanceof nodes.Name || node instanceof nodes.NSRef || node instanceof nodes.Call) return false;
  if (node instanceof nodes.Filter) {
    if (node.node === null || !c.options.hasFilter(node.name) || c.options.isContextFilter(node.name)) return false;
  }
  if (node instanceof nodes.Test && !c.options.hasTest(node.name)) return false;
  if (node instanceof nodes.CondExpr && node.expr2 === null) return false;
  return nodes.children(node).every((child) => isConstant(c, child));
}
