import type { Grammar } from './grammar.ts';
import * as nodes from './nodes.ts';
import { trimStart } from './space.ts';
import { parseName } from './targets.ts';

export function parseBlock(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const name = p.expect('name').value;
  const scoped = p.skipIf('name:scoped');
  const required = p.skipIf('name:required');
  if (p.current.type === 'sub') {
    p.fail(
      'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
    );
  }
  const body = p.parseStatements(['name:endblock'], true);
  const blank = (node: nodes.Expr) => node instanceof nodes.TemplateData && trimStart(node.data) === '';
  if (required && !body.every((node) => node instanceof nodes.Output && node.nodes.every(blank))) {
    p.fail('Required blocks can only contain comments or whitespace');
  }
  p.skipIf(`name:${name}`);
  return new nodes.Block(line, { name, body, scoped, required });
}

export function parseExtends(p: Grammar): nodes.Stmt {
  return new nodes.Extends(p.nextToken().line, { template: p.parseExpression() });
}

export function parseInclude(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const template = p.parseExpression();
  const ignoreMissing = p.test('name:ignore') && p.peekToken().value === 'missing';
  if (ignoreMissing) {
    p.nextToken();
    p.nextToken();
  }
  return new nodes.Include(line, { template, ignoreMissing, withContext: parseContext(p) ?? true });
}

export function parseImport(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const template = p.parseExpression();
  p.expect('name:as');
  const target = parseName(p).name;
  return new nodes.Import(line, { template, target, withContext: parseContext(p) ?? false });
}

export function parseFrom(p: Grammar): nodes.Stmt {
  const { line } = p.nextToken();
  const template = p.parseExpression();
  p.expect('name:import');
  const names: (readonly [string, string])[] = [];
  let withContext: boolean | undefined;
  for (;;) {
    if (names.length > 0) p.expect('comma');
    if (p.current.type !== 'name') p.expect('name');
    withContext = parseContext(p);
    if (withContext !== undefined) break;
    names.push(parseImportedName(p));
    withContext = parseContext(p);
    if (withContext !== undefined || p.current.type !== 'comma') break;
  }
  return new nodes.FromImport(line, { template, names, withContext: withContext ?? false });
}

function parseImportedName(p: Grammar): readonly [string, string] {
  const { name, lineno } = parseName(p);
  if (name.startsWith('_')) p.failAssertion('names starting with an underline can not be imported', lineno);
  return [name, p.skipIf('name:as') ? parseName(p).name : name];
}

/** `with context` or `without context`, where it stands. */
function parseContext(p: Grammar): boolean | undefined {
  if (!p.testAny(['name:with', 'name:without'])) return undefined;
  const next = p.peekToken();
  if (next.type !== 'name' || next.value !== 'context') return undefined;
  const { value } = p.nextToken();
  p.nextToken();
  return value === 'with';
}
