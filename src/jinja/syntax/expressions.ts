import { parseCall } from './arguments.ts';
import { parseFilter, parseTest } from './filters.ts';
import type { Grammar, TupleRules } from './grammar.ts';
import * as nodes from './nodes.ts';
import { parsePostfix, parsePrimary } from './primary.ts';
import { describeToken } from './tokens.ts';

type Expr = nodes.Expr;
const COMPARISONS = new Set(['eq', 'ne', 'lt', 'lteq', 'gt', 'gteq']);
const SUMS: Readonly<Record<string, string>> = { add: '+', sub: '-' };
const PRODUCTS: Readonly<Record<string, string>> = { mul: '*', div: '/', floordiv: '//', mod: '%' };

export function parseExpression(p: Grammar): Expr {
  let line = p.current.line;
  let expr1 = parseOr(p);
  while (p.skipIf('name:if')) {
    const test = parseOr(p);
    const expr2 = p.skipIf('name:else') ? parseExpression(p) : null;
    expr1 = new nodes.CondExpr(line, { test, expr1, expr2 });
    line = p.current.line;
  }
  return expr1;
}

export function parseOr(p: Grammar): Expr {
  let line = p.current.line;
  let left = parseAnd(p);
  while (p.skipIf('name:or')) {
    left = new nodes.Or(line, { left, right: parseAnd(p) });
    line = p.current.line;
  }
  return left;
}

function parseAnd(p: Grammar): Expr {
  let line = p.current.line;
  let left = parseNot(p);
  while (p.skipIf('name:and')) {
    left = new nodes.And(line, { left, right: parseNot(p) });
    line = p.current.line;
  }
  return left;
}

function parseNot(p: Grammar): Expr {
  if (!p.test('name:not')) return parseCompare(p);
  const { line } = p.nextToken();
  return new nodes.Not(line, { node: parseNot(p) });
}

function parseCompare(p: Grammar): Expr {
  let line = p.current.line;
  const expr = parseBinary(p, SUMS, parseConcat);
  const ops: nodes.Operand[] = [];
  for (;;) {
    let op: string | undefined;
    if (COMPARISONS.has(p.current.type)) op = p.nextToken().type;
    else if (p.skipIf('name:in')) op = 'in';
    else if (p.test('name:not') && p.peekToken().type === 'name' && p.peekToken().value === 'in') {
      p.nextToken();
      p.nextToken();
      op = 'notin';
    }
    if (op === undefined) break;
    ops.push(new nodes.Operand(p.current.line, { op, expr: parseBinary(p, SUMS, parseConcat) }));
    line = p.current.line;
  }
  return ops.length === 0 ? expr : new nodes.Compare(line, { expr, ops });
}

function parseBinary(p: Grammar, signs: Readonly<Record<string, string>>, operand: (p: Grammar) => Expr): Expr {
  let line = p.current.line;
  let left = operand(p);
  for (let op = signs[p.current.type]; op !== undefined; op = signs[p.current.type]) {
    p.nextToken();
    left = new nodes.BinOp(line, { op, left, right: operand(p) });
    line = p.current.line;
  }
  return left;
}

function parseConcat(p: Grammar): Expr {
  const line = p.current.line;
  const parts = [parseBinary(p, PRODUCTS, parsePow)];
  while (p.skipIf('tilde')) parts.push(parseBinary(p, PRODUCTS, parsePow));
  return parts.length === 1 ? parts[0]! : new nodes.Concat(line, { nodes: parts });
}

function parsePow(p: Grammar): Expr {
  return parseBinary(p, { pow: '**' }, (inner) => parseUnary(inner, true));
}

/** Filters and tests bind looser than a sign, so the operand of a sign takes none. */
export function parseUnary(p: Grammar, withFilter: boolean): Expr {
  const { type, line } = p.current;
  let node: Expr;
  if (type === 'sub' || type === 'add') {
    p.nextToken();
    node = new nodes.UnaryOp(line, { op: type === 'sub' ? '-' : '+', node: parseUnary(p, false) });
  } else node = parsePrimary(p, false);
  node = parsePostfix(p, node);
  return withFilter ? parseFilterExpr(p, node) : node;
}

function parseFilterExpr(p: Grammar, start: Expr): Expr {
  let node = start;
  for (;;) {
    const token = p.current;
    if (token.type === 'pipe') node = parseFilter(p, node, false) as Expr;
    else if (token.type === 'name' && token.value === 'is') node = parseTest(p, node);
    else if (token.type === 'lparen') node = parseCall(p, node);
    else return node;
  }
}

/** One expression, or several between commas, which make a tuple. */
export function parseTuple(p: Grammar, rules: TupleRules = {}): Expr {
  let line = p.current.line;
  const items: Expr[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) p.expect('comma');
    if (isTupleEnd(p, rules.ends)) break;
    items.push(parseTupleItem(p, rules));
    if (p.current.type !== 'comma') break;
    isTuple = true;
    line = p.current.line;
  }
  if (!isTuple && items.length > 0) return items[0]!;
  if (!isTuple && !rules.parenthesized) {
    p.fail(`Expected an expression, got '${describeToken(p.current)}'`);
  }
  return new nodes.Tuple(line, { items, ctx: 'load' });
}

function parseTupleItem(p: Grammar, rules: TupleRules): Expr {
  if (rules.simplified) return parsePrimary(p, rules.withNamespace ?? false);
  return rules.withoutCondition ? parseOr(p) : parseExpression(p);
}

function isTupleEnd(p: Grammar, ends: readonly string[] | undefined): boolean {
  const { type } = p.current;
  if (type === 'variable_end' || type === 'block_end' || type === 'rparen') return true;
  return ends !== undefined && p.testAny(ends);
}
