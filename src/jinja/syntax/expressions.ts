import { parseCall } from './arguments.ts';
import { parseFilter, parseTest } from './filters.ts';
import type { Grammar, TupleRules } from './grammar.ts';
import * as nodes from './nodes.ts';
import { parsePostfix, parsePrimary } from './primary.ts';
import { describeToken } from './tokens.ts';

type Expr = nodes.Expr;
const COMPARISONS = new Set(['eq', 'ne', 'lt', 'lteq', 'gt', 'gteq']);

/** The arithmetic operators with how tightly they bind; all are left-associative, `**` too. */
const BINARY: ReadonlyMap<string, { readonly level: number; readonly op: string }> = new Map([
  ['add', { level: 0, op: '+' }],
  ['sub', { level: 0, op: '-' }],
  ['tilde', { level: 1, op: '~' }],
  ['mul', { level: 2, op: '*' }],
  ['div', { level: 2, op: '/' }],
  ['floordiv', { level: 2, op: '//' }],
  ['mod', { level: 2, op: '%' }],
  ['pow', { level: 3, op: '**' }],
]);

export function parseExpression(p: Grammar): Expr {
  let line = p.current.line;
  let expr1 = parseOr(p);
  while (p.word === 'if') {
    p.nextToken();
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
  while (p.word === 'or') {
    p.nextToken();
    left = new nodes.Or(line, { left, right: parseAnd(p) });
    line = p.current.line;
  }
  return left;
}

function parseAnd(p: Grammar): Expr {
  let line = p.current.line;
  let left = parseNot(p);
  while (p.word === 'and') {
    p.nextToken();
    left = new nodes.And(line, { left, right: parseNot(p) });
    line = p.current.line;
  }
  return left;
}

function parseNot(p: Grammar): Expr {
  if (p.word !== 'not') return parseCompare(p);
  const { line } = p.nextToken();
  return new nodes.Not(line, { node: parseNot(p) });
}

function parseCompare(p: Grammar): Expr {
  let line = p.current.line;
  const expr = parseBinary(p, 0);
  let ops: nodes.Operand[] | undefined;
  for (let op = comparison(p); op !== undefined; op = comparison(p)) {
    ops ??= [];
    ops.push(new nodes.Operand(p.current.line, { op, expr: parseBinary(p, 0) }));
    line = p.current.line;
  }
  return ops === undefined ? expr : new nodes.Compare(line, { expr, ops });
}

/** Takes a comparing operator, where one stands. */
function comparison(p: Grammar): string | undefined {
  if (COMPARISONS.has(p.current.type)) return p.nextToken().type;
  if (p.word === 'in') {
    p.nextToken();
    return 'in';
  }
  if (p.word !== 'not') return undefined;
  const next = p.peekToken();
  if (next.type !== 'name' || next.value !== 'in') return undefined;
  p.nextToken();
  p.nextToken();
  return 'notin';
}

/** Operators that bind at least as tightly as `least`. */
function parseBinary(p: Grammar, least: number): Expr {
  const start = p.current.line;
  let left = parseUnary(p, true);
  // An operator's node stands where the operand before it does: the first of a level where the whole began.
  let lines: number[] | undefined;
  for (;;) {
    const binary = BINARY.get(p.current.type);
    if (binary === undefined || binary.level < least) return left;
    const { level, op } = binary;
    const line = lines?.[level] ?? start;
    left = op === '~' ? parseConcat(p, left, line) : parseOperand(p, op, level, left, line);
    lines ??= [];
    lines[level] = p.current.line;
  }
}

function parseOperand(p: Grammar, op: string, level: number, left: Expr, line: number): Expr {
  p.nextToken();
  return new nodes.BinOp(line, { op, left, right: parseBinary(p, level + 1) });
}

function parseConcat(p: Grammar, first: Expr, line: number): Expr {
  const parts = [first];
  while (p.skipIf('tilde')) parts.push(parseBinary(p, 2));
  return new nodes.Concat(line, { nodes: parts });
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
    else if (p.word === 'is') node = parseTest(p, node);
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
    if (isTupleEnd(p)) break;
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

/** `in` and `recursive` end no tuple: Jinja2 means them to, but takes them for names after a comma. */
function isTupleEnd(p: Grammar): boolean {
  const { type } = p.current;
  return type === 'variable_end' || type === 'block_end' || type === 'rparen';
}
