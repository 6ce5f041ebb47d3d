import { sign } from '../ops/arithmetic.ts';
import { getAttr, getItem } from '../ops/attribute.ts';
import { contains } from '../ops/contains.ts';
import { equals } from '../ops/equality.ts';
import * as operators from '../ops/operators.ts';
import { ordered } from '../ops/order.ts';
import { str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { call, collectKwargs, NO_KWARGS, spread } from '../runtime/call.ts';
import type { Context } from '../runtime/context.ts';
import { isPending, runSync, settle } from '../step.ts';
import type * as nodes from '../syntax/nodes.ts';
import { Dict } from '../values/dict.ts';
import type { Kwargs, Value } from '../values/object.ts';
import { tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import type { Frame } from './frame.ts';

/** The environment's filters and tests by name. */
export interface Helpers {
  filter(name: string): (context: Context, value: Value, args: readonly Value[], kwargs: Kwargs) => Value;
  test(name: string): (context: Context, value: Value, args: readonly Value[], kwargs: Kwargs) => boolean;
}

type Binary = (a: Value, b: Value) => Value;
const BINARY: Readonly<Record<string, Binary>> = {
  '+': operators.add,
  '-': operators.subtract,
  '*': operators.multiply,
  '/': operators.divide,
  '//': operators.floorDivide,
  '%': operators.modulo,
  '**': operators.power,
};
const COMPARISONS: Readonly<Record<string, Binary>> = {
  eq: equals,
  ne: (a, b) => !equals(a, b),
  lt: (a, b) => ordered('<', a, b),
  lteq: (a, b) => ordered('<=', a, b),
  gt: (a, b) => ordered('>', a, b),
  gteq: (a, b) => ordered('>=', a, b),
  in: (a, b) => contains(b, a),
  notin: (a, b) => !contains(b, a),
};

/** Computes expressions on the tree itself: what runs only once is not worth compiling. */
export class Evaluator {
  readonly context: Context;
  readonly #helpers: Helpers;

  constructor(context: Context, helpers: Helpers) {
    this.context = context;
    this.#helpers = helpers;
  }

  value(node: any, frame: Frame): Value {
    switch (node.typename) {
      case 'Const':
        return node.value;
      case 'TemplateData':
        return node.data;
      case 'Name':
        return this.#name(node, frame);
      case 'Call':
        return this.#call(node, frame);
      case 'Getattr':
        return getAttr(this.value(node.node, frame), node.attr, this.context.env.undefinedKind);
      case 'Getitem':
        return getItem(this.value(node.node, frame), this.value(node.arg, frame), this.context.env.undefinedKind);
      case 'Filter':
        return this.#filter(node, frame);
      case 'Test':
        return this.#test(node, frame);
      case 'Concat':
        return this.#concat(node, frame);
      case 'Compare':
        return this.#compare(node, frame);
      case 'List':
        return this.#values(node.items, frame);
      case 'Tuple':
        return tuple(this.#values(node.items, frame));
      case 'Dict':
        return this.#dict(node, frame);
      case 'CondExpr':
        return this.#choice(node, frame);
      default:
        return this.#operation(node, frame);
    }
  }

  isTrue(node: nodes.Expr, frame: Frame): boolean {
    return truth(this.value(node, frame));
  }

  #operation(node: any, frame: Frame): Value {
    switch (node.typename) {
      case 'BinOp':
        return (BINARY[node.op] as Binary)(this.value(node.left, frame), this.value(node.right, frame));
      case 'And': {
        const left = this.value(node.left, frame);
        return truth(left) ? this.value(node.right, frame) : left;
      }
      case 'Or': {
        const left = this.value(node.left, frame);
        return truth(left) ? left : this.value(node.right, frame);
      }
      case 'Not':
        return !this.isTrue(node.node, frame);
      default:
        return sign(node.op, this.value(node.node, frame));
    }
  }

  #name({ name }: nodes.Name, frame: Frame): Value {
    const value = frame.find(name);
    return value === undefined ? new Undefined(this.context.env.undefinedKind, { name }) : value;
  }

  #values(items: readonly nodes.Expr[], frame: Frame): Value[] {
    const values: Value[] = [];
    for (const item of items) values.push(this.value(item, frame));
    return values;
  }

  #dict({ items }: nodes.Dict, frame: Frame): Dict {
    const dict = new Dict();
    const pairs = items.map(({ key, value }) => [this.value(key, frame), this.value(value, frame)] as const);
    for (const [key, value] of pairs) dict.set(key, value);
    return dict;
  }

  #choice({ test, expr1, expr2, lineno }: nodes.CondExpr, frame: Frame): Value {
    if (this.isTrue(test, frame)) return this.value(expr1, frame);
    if (expr2 !== null) return this.value(expr2, frame);
    const hint = `the inline if-expression on line ${lineno} evaluated to false and no else section was defined.`;
    return new Undefined('default', { hint });
  }

  #concat(node: nodes.Concat, frame: Frame): string {
    let text = '';
    for (const part of node.nodes) text += str(this.value(part, frame));
    return text;
  }

  #compare({ expr, ops }: nodes.Compare, frame: Frame): Value {
    let left = this.value(expr, frame);
    let result: Value = true;
    for (const { op, expr: other } of ops) {
      const right = this.value(other, frame);
      result = (COMPARISONS[op] as Binary)(left, right);
      if (!truth(result)) return result;
      left = right;
    }
    return result;
  }

  #call(node: nodes.Call, frame: Frame): Value {
    const callee = this.value(node.node, frame);
    const args = this.#arguments(node, frame);
    return settled(call(callee, args, this.#keywords(node, frame)));
  }

  #filter(node: nodes.Filter, frame: Frame): Value {
    const target = this.value(node.node, frame);
    const args = this.#arguments(node, frame);
    const filter = this.#helpers.filter(node.name);
    return settled(filter(this.context, target, args, this.#keywords(node, frame)));
  }

  #test(node: nodes.Test, frame: Frame): boolean {
    const target = this.value(node.node, frame);
    const args = this.#arguments(node, frame);
    return this.#helpers.test(node.name)(this.context, target, args, this.#keywords(node, frame));
  }

  #arguments(node: nodes.Call | nodes.Filter | nodes.Test, frame: Frame): Value[] {
    const values = this.#values(node.args, frame);
    if (node.dynArgs !== null) values.push(...spread(this.value(node.dynArgs, frame)));
    return values;
  }

  #keywords(node: nodes.Call | nodes.Filter | nodes.Test, frame: Frame): Kwargs {
    if (node.kwargs.length === 0 && node.dynKwargs === null) return NO_KWARGS;
    const pairs = node.kwargs.flatMap(({ key, value }) => [key, this.value(value, frame)]);
    return node.dynKwargs === null ? collectKwargs(pairs) : collectKwargs(pairs, this.value(node.dynKwargs, frame));
  }
}

/** Nothing waits here: where a call would have to, that is an error. */
function settled(result: Value): Value {
  return isPending(result) ? runSync(settle(result)) : result;
}
