import { JinjaError } from './errors.ts';
import { tokenize } from './syntax/lexer.ts';
import * as nodes from './syntax/nodes.ts';
import { JinjaParser } from './syntax/parser.ts';

import { Dict } from './values/dict.ts';
import { PyFloat } from './values/float.ts';
import { normalizeInt } from './values/int.ts';
import { PyObject, type Value } from './values/object.ts';
import { PySet } from './values/set.ts';
import { tuple } from './values/tuple.ts';

/** Python's `...` and complex numbers: literals that templates cannot write and only print. */
class RareLiteral extends PyObject {
  readonly #type: string;
  readonly #text: string;
  constructor(type: string, text: string) {
    super();
    this.#type = type;
    this.#text = text;
  }

  pyTypeName(): string {
    return this.#type;
  }

  override pyRepr(): string {
    return this.#text;
  }

  override pyEq(other: Value): boolean {
    return other instanceof RareLiteral && other.#text === this.#text;
  }
}

const COMPLEX = /^(?:([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(?=[+-]))?([+-]?)\s*([\d.]+(?:[eE][+-]?\d+)?)[jJ]$/;

function rareLiteral(source: string): Value | undefined {
  if (source === '...') return new RareLiteral('ellipsis', 'Ellipsis');
  if (source === 'set()') return new PySet();
  const set = /^\{([^:]+)\}$/s.exec(source);
  if (set) return setOf(parseLiteral(`[${set[1]}]`));
  const match = COMPLEX.exec(source);
  if (match === null) return undefined;
  const [, real, sign = '', imaginary] = match;
  const [whole, part] = [Number(real ?? 0), Number(imaginary)];
  if (Number.isNaN(whole) || Number.isNaN(part)) return undefined;
  const minus = sign === '-' ? '-' : '';
  if (real === undefined) return new RareLiteral('complex', minus ? `(-0-${part}j)` : `${part}j`);
  if (Object.is(whole, 0)) return new RareLiteral('complex', `${minus}${part}j`);
  return new RareLiteral('complex', `(${whole}${minus || '+'}${part}j)`);
}

const OPTIONS = { trimBlocks: false, lstripBlocks: false, keepTrailingNewline: true };

/** Jinja's names of constants that Python does not know. */
const NOT_PYTHON = new Set(['true', 'false', 'none']);
const BARE_FLOAT = /^[+-]?(?:\d+\.|\.\d+)(?:[eE][+-]?\d+)?$/;

function setOf(items: Value | undefined): PySet | undefined {
  return items === undefined ? undefined : new PySet(items);
}

/** Python's ast.literal_eval, or JavaScript's undefined where the text is no literal. */
export function parseLiteral(text: string): Value | undefined {
  const source = text.trim();
  const rare = rareLiteral(source);
  if (rare !== undefined) return rare;
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
  if (node instanceof nodes.UnaryOp)
    return node.node instanceof nodes.Const ? signed(node.op, node.node.value) : undefined;
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
