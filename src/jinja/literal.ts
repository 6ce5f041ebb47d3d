import { JinjaError } from './errors.ts';
import { tokenize } from './syntax/lexer.ts';
import * as nodes from './syntax/nodes.ts';
import { JinjaParser } from './syntax/parser.ts';

import { Dict } from './values/dict.ts';
import { PyFloat } from './values/float.ts';
import { normalizeInt } from './values/int.ts';
import type { Value } from './values/object.ts';
import { tuple } from './values/tuple.ts';

const OPTIONS = { trimBlocks: false, lstripBlocks: false, keepTrailingNewline: true };

/** Jinja's names of constants that Python does not know. */
const NOT_PYTHON = new Set(['true', 'false', 'none']);
const BARE_FLOAT = /^[+-]?(?:\d+\.|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Python's ast.literal_eval, or JavaScript's undefined where the text is no literal. */
export function parseLiteral(text: string): Value | undefined {
  const source = text.trim();
  if (BARE_FLOAT.test(source)) return new PyFloat(Number(source));
  const tokens = tokenize(`{{ ${source} }}`, OPTIONS);
  if (tokens.some(({ type, value }) => type === 'name' && NOT_PYTHON.has(value))) return undefined;
  try {
    const p = new JinjaParser({ tokens, options: OPTIONS });
    p.expect('variable_begin');
    const node = p.parseTuple();
    p.expect('variable_end');
    p.expect('eof');
    return literalOf(node);
  } catch (error) {
    if (error instanceof JinjaError) return undefined;
    throw error;
  }
}

/** The value of a tree that holds only literals. */
export function literalOf(node: nodes.Expr): Value | undefined {
  if (node instanceof nodes.Const) return node.value;
  if (node instanceof nodes.UnaryOp) return signed(node.op, literalOf(node.node));
  if (node instanceof nodes.List || node instanceof nodes.Tuple) {
    const items = node.items.map(literalOf);
    if (items.includes(undefined)) return undefined;
    return node instanceof nodes.Tuple ? tuple(items) : items;
  }
  if (!(node instanceof nodes.Dict)) return undefined;
  const dict = new Dict();
  for (const { key, value } of node.items) {
    const [k, v] = [literalOf(key), literalOf(value)];
    if (k === undefined || v === undefined) return undefined;
    dict.set(k, v);
  }
  return dict;
}

function signed(op: '+' | '-', value: Value): Value | undefined {
  if (value instanceof PyFloat) return new PyFloat(op === '-' ? -value.value : value.value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  return op === '-' ? normalizeInt(-BigInt(value)) : value;
}
