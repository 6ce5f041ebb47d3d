import { parseCall } from './arguments.ts';
import type { Grammar } from './grammar.ts';
import * as nodes from './nodes.ts';
import { describeToken, quoted } from './tokens.ts';

type Expr = nodes.Expr;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** A name, a literal or something in brackets. */
export function parsePrimary(p: Grammar, withNamespace: boolean): Expr {
  const token = p.current;
  switch (token.type) {
    case 'name':
      p.nextToken();
      return parseName(p, token.value, token.line, withNamespace);
    case 'string': {
      let value = '';
      while (p.current.type === 'string') value += p.nextToken().value;
      return new nodes.Const(token.line, { value });
    }
    case 'integer':
    case 'float':
      p.nextToken();
      return new nodes.Const(token.line, { value: token.value });
    case 'lparen': {
      p.nextToken();
      const node = p.parseTuple({ parenthesized: true });
      p.expect('rparen');
      return node;
    }
    case 'lbracket':
      return parseList(p);
    case 'lbrace':
      return parseDict(p);
    default:
      return p.fail(`unexpected ${quoted(describeToken(token))}`, token.line);
  }
}

function parseName(p: Grammar, name: string, line: number, withNamespace: boolean): Expr {
  const constant = CONSTANTS.get(name);
  if (constant !== undefined) return new nodes.Const(line, { value: constant });
  if (withNamespace && p.current.type === 'dot') {
    p.nextToken();
    return new nodes.NSRef(line, { name, attr: p.expect('name').value });
  }
  return new nodes.Name(line, { name, ctx: 'load' });
}

function parseList(p: Grammar): nodes.List {
  const { line } = p.expect('lbracket');
  const items: Expr[] = [];
  while (p.current.type !== 'rbracket') {
    if (items.length > 0) p.expect('comma');
    if (p.test('rbracket')) break;
    items.push(p.parseExpression());
  }
  p.expect('rbracket');
  return new nodes.List(line, { items });
}

function parseDict(p: Grammar): nodes.Dict {
  const { line } = p.expect('lbrace');
  const items: nodes.Pair[] = [];
  while (p.current.type !== 'rbrace') {
    if (items.length > 0) p.expect('comma');
    if (p.test('rbrace')) break;
    const key = p.parseExpression();
    p.expect('colon');
    items.push(new nodes.Pair(key.lineno, { key, value: p.parseExpression() }));
  }
  p.expect('rbrace');
  return new nodes.Dict(line, { items });
}

/** Attributes, items and calls after a value. */
export function parsePostfix(p: Grammar, start: Expr): Expr {
  let node = start;
  for (;;) {
    const { type } = p.current;
    if (type === 'dot' || type === 'lbracket') node = parseSubscript(p, node);
    else if (type === 'lparen') node = parseCall(p, node);
    else return node;
  }
}

function parseSubscript(p: Grammar, node: Expr): Expr {
  const token = p.nextToken();
  if (token.type === 'dot') {
    const attr = p.current;
    p.nextToken();
    if (attr.type === 'name') return new nodes.Getattr(token.line, { node, attr: attr.value });
    if (attr.type !== 'integer') p.fail('expected name or number', attr.line);
    return new nodes.Getitem(token.line, { node, arg: new nodes.Const(attr.line, { value: attr.value }) });
  }
  const args: Expr[] = [];
  while (p.current.type !== 'rbracket') {
    if (args.length > 0) p.expect('comma');
    args.push(parseSubscribed(p));
  }
  p.expect('rbracket');
  const arg = args.length === 1 ? args[0]! : new nodes.Tuple(token.line, { items: args, ctx: 'load' });
  return new nodes.Getitem(token.line, { node, arg });
}

function parseSubscribed(p: Grammar): Expr {
  const { line } = p.current;
  let start: Expr | null = null;
  if (!p.skipIf('colon')) {
    start = p.parseExpression();
    if (!p.skipIf('colon')) return start;
  }
  const stop = p.test('colon') || p.test('rbracket') || p.test('comma') ? null : p.parseExpression();
  const step = p.skipIf('colon') && !p.test('rbracket') && !p.test('comma') ? p.parseExpression() : null;
  return new nodes.Slice(line, { start, stop, step });
}
