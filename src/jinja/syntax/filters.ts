import { type ParsedArguments, parseArguments } from './arguments.ts';
import type { Grammar } from './grammar.ts';
import * as nodes from './nodes.ts';
import { parsePostfix, parsePrimary } from './primary.ts';

const ARGUMENT_STARTS = new Set(['name', 'string', 'integer', 'float', 'lparen', 'lbracket', 'lbrace']);
const noArguments = (): ParsedArguments => ({ args: [], kwargs: [], dynArgs: null, dynKwargs: null });

function parseDottedName(p: Grammar): string {
  let name = p.expect('name').value;
  while (p.skipIf('dot')) name += `.${p.expect('name').value}`;
  return name;
}

/** A chain of filters. `inline` means that the first one comes without its pipe, as in `{% filter x %}`. */
export function parseFilter(p: Grammar, start: nodes.Expr | null, inline: boolean): nodes.Filter | nodes.Expr | null {
  let node = start;
  let first = inline;
  while (first || p.current.type === 'pipe') {
    if (!first) p.nextToken();
    first = false;
    const { line } = p.current;
    const name = parseDottedName(p);
    const args = p.current.type === 'lparen' ? parseArguments(p) : noArguments();
    node = new nodes.Filter(line, { node, name, ...args });
  }
  return node;
}

/** `is x`, `is not x`, `is x y` and `is x(y)`. */
export function parseTest(p: Grammar, node: nodes.Expr): nodes.Expr {
  const { line } = p.nextToken();
  const negated = p.skipIf('name:not');
  const name = parseDottedName(p);
  let args = noArguments();
  if (p.current.type === 'lparen') args = parseArguments(p);
  else if (ARGUMENT_STARTS.has(p.current.type) && !p.testAny(['name:else', 'name:or', 'name:and'])) {
    if (p.test('name:is')) p.fail('You cannot chain multiple tests with is');
    args.args.push(parsePostfix(p, parsePrimary(p, false)));
  }
  const test = new nodes.Test(line, { node, name, ...args });
  return negated ? new nodes.Not(line, { node: test }) : test;
}
