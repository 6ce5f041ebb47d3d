import type { Grammar } from './grammar.ts';
import * as nodes from './nodes.ts';

interface TargetRules {
  readonly withNamespace?: boolean;
  readonly ctx?: nodes.Context;
}

export function parseName(p: Grammar): nodes.Name {
  const token = p.expect('name');
  const name = new nodes.Name(token.line, { name: token.value, ctx: 'store' });
  if (name.name === 'loop') p.marks.add('loop=');
  checkAssignable(p, name);
  return name;
}

/** What stands left of `=` or `in`: a name, a namespace's attribute, or a tuple of those. */
export function parseTarget(p: Grammar, rules: TargetRules): nodes.Expr {
  const target = p.parseTuple({
    simplified: true,
    withNamespace: rules.withNamespace ?? false,
  });
  setContext(target, 'store');
  if (assigns(target, 'loop')) p.marks.add('loop=');
  if (!isAssignable(target)) p.fail(`can't assign to '${target.typename.toLowerCase()}'`, target.lineno);
  if (rules.ctx !== undefined) setContext(target, rules.ctx);
  return target;
}

function assigns(target: nodes.Expr, name: string): boolean {
  if (target instanceof nodes.Name) return target.name === name;
  return target instanceof nodes.Tuple && target.items.some((item) => assigns(item, name));
}

function checkAssignable(p: Grammar, name: nodes.Name): void {
  if (!isAssignable(name)) p.fail("can't assign to 'name'", name.lineno);
}

function isAssignable(node: nodes.Expr): boolean {
  if (node instanceof nodes.Name) return !RESERVED.has(node.name);
  if (node instanceof nodes.Tuple) return node.items.every(isAssignable);
  return node instanceof nodes.NSRef;
}

const RESERVED = new Set(['true', 'false', 'none', 'True', 'False', 'None']);

function setContext(node: nodes.Expr, ctx: nodes.Context): void {
  if (node instanceof nodes.Name || node instanceof nodes.Tuple) node.ctx = ctx;
  for (const child of nodes.children(node)) setContext(child as nodes.Expr, ctx);
}
