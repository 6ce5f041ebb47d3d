import type { Grammar, Signature } from './grammar.ts';
import type * as nodes from './nodes.ts';
import { parseName } from './targets.ts';

/** A macro's arguments with their defaults; types, where allowed, are read and forgotten. */
export function parseSignature(p: Grammar): Signature {
  const args: nodes.Name[] = [];
  const defaults: nodes.Expr[] = [];
  p.expect('lparen');
  while (p.current.type !== 'rparen') {
    if (args.length > 0) p.expect('comma');
    const arg = parseName(p);
    arg.ctx = 'param';
    if (p.options.typedSignatures && p.skipIf('colon')) skipType(p);
    if (p.skipIf('assign')) defaults.push(p.parseExpression());
    else if (defaults.length > 0) p.fail('non-default argument follows default argument');
    args.push(arg);
  }
  p.expect('rparen');
  return { args, defaults };
}

function skipType(p: Grammar): void {
  p.expect('name');
  if (!p.skipIf('lbracket')) return;
  for (let first = true; p.current.type !== 'rbracket'; first = false) {
    if (!first) p.expect('comma');
    skipType(p);
  }
  p.expect('rbracket');
}
