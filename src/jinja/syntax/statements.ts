import { parseFilter } from './filters.ts';
import type { Grammar } from './grammar.ts';
import { parseBlock, parseExtends, parseFrom, parseImport, parseInclude } from './inheritance.ts';
import * as nodes from './nodes.ts';
import { parseSignature } from './signature.ts';
import { parseName, parseTarget } from './targets.ts';

/** The tags of the language, by their first word. */
export const STATEMENTS: Readonly<Record<string, (p: Grammar) => nodes.Stmt>> = {
  for: parseFor,
  if: parseIf,
  set: parseSet,
  macro: parseMacro,
  call: parseCallBlock,
  filter: parseFilterBlock,
  with: parseWith,
  do: (p) => new nodes.ExprStmt(p.nextToken().line, { node: p.parseTuple() }),
  break: (p) => new nodes.Break(p.nextToken().line, {}),
  continue: (p) => new nodes.Continue(p.nextToken().line, {}),
  print: parsePrint,
  autoescape: parseAutoescape,
  block: parseBlock,
  extends: parseExtends,
  include: parseInclude,
  import: parseImport,
  from: parseFrom,
};

function parseFor(p: Grammar): nodes.Stmt {
  const { line } = p.expect('name:for');
  const target = parseTarget(p, {});
  p.expect('name:in');
  const iter = p.parseTuple({ withoutCondition: true });
  const test = p.skipIf('name:if') ? p.parseExpression() : null;
  const recursive = p.skipIf('name:recursive');
  const body = p.parseStatements(['name:endfor', 'name:else']);
  const else_ = p.nextToken().value === 'endfor' ? [] : p.parseStatements(['name:endfor'], true);
  return new nodes.For(line, { target, iter, body, else_, test, recursive });
}

function parseIf(p: Grammar): nodes.Stmt {
  const parseBranch = (line: number) => {
    const test = p.parseTuple({ withoutCondition: true });
    const body = p.parseStatements(['name:elif', 'name:else', 'name:endif']);
    return new nodes.If(line, { test, body, elif: [], else_: [] });
  };
  const result = parseBranch(p.expect('name:if').line);
  for (let end = p.nextToken(); end.value !== 'endif'; end = p.nextToken()) {
    if (end.value === 'else') {
      result.else_ = p.parseStatements(['name:endif'], true);
      break;
    }
    result.elif.push(parseBranch(p.current.line));
  }
  return result;
}

function parseSet(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const target = parseTarget(p, { withNamespace: true });
  if (p.skipIf('assign')) return new nodes.Assign(line, { target, node: p.parseTuple() });
  const filter = parseFilter(p, null, false);
  return new nodes.AssignBlock(line, { target, filter, body: p.parseStatements(['name:endset'], true) });
}

function parseMacro(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const { name } = parseName(p);
  const { args, defaults } = parseSignature(p);
  const body = p.parseStatements(['name:endmacro'], true);
  return new nodes.Macro(line, { name: p.options.macroName?.(name) ?? name, args, defaults, body });
}

function parseCallBlock(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const signature = p.current.type === 'lparen' ? parseSignature(p) : { args: [], defaults: [] };
  const call = p.parseExpression();
  if (!(call instanceof nodes.Call)) return p.fail('expected call', line);
  return new nodes.CallBlock(line, { call, ...signature, body: p.parseStatements(['name:endcall'], true) });
}

function parseFilterBlock(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const filter = parseFilter(p, null, true) as nodes.Filter;
  return new nodes.FilterBlock(line, { filter, body: p.parseStatements(['name:endfilter'], true) });
}

function parseWith(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const targets: nodes.Expr[] = [];
  const values: nodes.Expr[] = [];
  while (p.current.type !== 'block_end') {
    if (targets.length > 0) p.expect('comma');
    targets.push(parseTarget(p, { ctx: 'param' }));
    p.expect('assign');
    values.push(p.parseExpression());
  }
  return new nodes.With(line, { targets, values, body: p.parseStatements(['name:endwith'], true) });
}

function parsePrint(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const printed: nodes.Expr[] = [];
  while (p.current.type !== 'block_end') {
    if (printed.length > 0) p.expect('comma');
    printed.push(p.parseExpression());
  }
  return new nodes.Output(line, { nodes: printed });
}

function parseAutoescape(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const value = p.parseExpression();
  return new nodes.Autoescape(line, { value, body: p.parseStatements(['name:endautoescape'], true) });
}
