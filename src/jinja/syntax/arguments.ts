import type { Grammar } from './grammar.ts';
import * as nodes from './nodes.ts';

export interface ParsedArguments {
  args: nodes.Expr[];
  kwargs: nodes.Keyword[];
  dynArgs: nodes.Expr | null;
  dynKwargs: nodes.Expr | null;
}

/** What stands between the parentheses of a call. */
export function parseArguments(p: Grammar): ParsedArguments {
  const { line } = p.expect('lparen');
  const found: ParsedArguments = { args: [], kwargs: [], dynArgs: null, dynKwargs: null };
  for (let first = true; p.current.type !== 'rparen'; first = false) {
    if (!first) {
      p.expect('comma');
      if (p.test('rparen')) break;
    }
    parseArgument(p, found, line);
  }
  p.expect('rparen');
  return found;
}

function parseArgument(p: Grammar, found: ParsedArguments, line: number): void {
  const ensure = (allowed: boolean) => {
    if (!allowed) p.fail('invalid syntax for function call expression', line);
  };
  if (p.current.type === 'mul') {
    ensure(found.dynArgs === null && found.dynKwargs === null);
    p.nextToken();
    found.dynArgs = p.parseExpression();
  } else if (p.current.type === 'pow') {
    ensure(found.dynKwargs === null);
    p.nextToken();
    found.dynKwargs = p.parseExpression();
  } else if (p.current.type === 'name' && p.peekToken().type === 'assign') {
    ensure(found.dynKwargs === null);
    const key = p.nextToken().value;
    p.nextToken();
    const value = p.parseExpression();
    found.kwargs.push(new nodes.Keyword(value.lineno, { key, value }));
  } else {
    ensure(found.dynArgs === null && found.dynKwargs === null && found.kwargs.length === 0);
    found.args.push(p.parseExpression());
  }
}

export function parseCall(p: Grammar, node: nodes.Expr): nodes.Call {
  const { line } = p.current;
  return new nodes.Call(line, { node, ...parseArguments(p) });
}
