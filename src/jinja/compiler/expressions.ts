import { hasSafeRepr } from '../ops/safe-repr.ts';
import type * as nodes from '../syntax/nodes.ts';
import * as tree from '../syntax/nodes.ts';
import { compileConst } from './constants.ts';
import type { Emitter } from './emitter.ts';
import type { Frame } from './frame.ts';

/** Python's keywords, which cannot stand as the name of an argument. */
const PYTHON_WORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

type Write = (c: Emitter, node: any, frame: Frame) => string;

const BINARY: Readonly<Record<string, string>> = {
  '+': 'R.add',
  '-': 'R.subtract',
  '*': 'R.multiply',
  '/': 'R.divide',
  '//': 'R.floorDivide',
  '%': 'R.modulo',
  '**': 'R.power',
};
const COMPARISONS: Readonly<Record<string, (a: string, b: string) => string>> = {
  eq: (a, b) => `R.eq(${a},${b})`,
  ne: (a, b) => `!R.eq(${a},${b})`,
  lt: (a, b) => `R.ordered("<",${a},${b})`,
  lteq: (a, b) => `R.ordered("<=",${a},${b})`,
  gt: (a, b) => `R.ordered(">",${a},${b})`,
  gteq: (a, b) => `R.ordered(">=",${a},${b})`,
  in: (a, b) => `R.within(${a},${b})`,
  notin: (a, b) => `!R.within(${a},${b})`,
};

/** What Jinja2 computes ahead where it can. */
const FOLDED = new Set('CondExpr Filter Test Getattr Getitem Concat Compare BinOp UnaryOp And Or Not'.split(' '));

/** A JavaScript expression for a template expression. It may contain `yield*`. */
export function expression(c: Emitter, node: nodes.Expr, frame: Frame): string {
  const folded = FOLDED.has(node.typename) ? c.fold(node) : undefined;
  if (folded !== undefined && hasSafeRepr(folded.value)) return compileConst(folded.value);
  return EXPRESSIONS[node.typename]!(c, node, frame);
}

const list = (c: Emitter, items: readonly nodes.Expr[], frame: Frame): string =>
  items.map((item) => expression(c, item, frame)).join(',');

const EXPRESSIONS: Readonly<Record<string, Write>> = {
  Name: compileName,
  Const: (_c, node: nodes.Const) => compileConst(node.value),
  TemplateData: (c, node: nodes.TemplateData) =>
    c.escaping ? `R.safeIf(C,${JSON.stringify(node.data)})` : JSON.stringify(node.data),
  Tuple: (c, node: nodes.Tuple, frame) => `R.tuple([${list(c, node.items, frame)}])`,
  List: (c, node: nodes.List, frame) => `[${list(c, node.items, frame)}]`,
  Dict: (c, node: nodes.Dict, frame) =>
    `R.dict([${node.items.map((pair) => `${expression(c, pair.key, frame)},${expression(c, pair.value, frame)}`).join(',')}])`,
  CondExpr: compileCondition,
  Filter: compileFilter,
  Test: compileTest,
  Call: (c, node: nodes.Call, frame) => compileCall(c, node, frame),
  Getattr: (c, node: nodes.Getattr, frame) => `attr(${expression(c, node.node, frame)},${JSON.stringify(node.attr)})`,
  Getitem: (c, node: nodes.Getitem, frame) => {
    // Jinja2 writes such a slice as it stands, which is no Python.
    const inTuple = node.arg instanceof tree.Tuple && node.arg.items.some((item) => item instanceof tree.Slice);
    if (inTuple) c.refuse(frame.decides ? NO_ELSE : 'invalid syntax', node.lineno, 'parser');
    const get = node.arg instanceof tree.Slice ? 'R.slice' : 'item';
    return `${get}(${expression(c, node.node, frame)},${expression(c, node.arg, frame)})`;
  },
  Slice: (c, node: nodes.Slice, frame) => {
    const part = (value: nodes.Expr | null) => (value === null ? 'null' : expression(c, value, frame));
    return `R.sliceBy(${part(node.start)},${part(node.stop)},${part(node.step)})`;
  },
  Concat: (c, node: nodes.Concat, frame) =>
    c.escaping
      ? `R.markupJoin(C,[${list(c, node.nodes, frame)}])`
      : `(${node.nodes.map((part) => text(c, part, frame)).join('+')})`,
  Compare: compileCompare,
  BinOp: (c, node: nodes.BinOp, frame) =>
    `${BINARY[node.op]}(${expression(c, node.left, frame)},${expression(c, node.right, frame)})`,
  UnaryOp: (c, node: nodes.UnaryOp, frame) => `R.sign("${node.op}",${expression(c, node.node, frame)})`,
  And: (c, node: nodes.And, frame) => {
    const left = c.temporary();
    return `(T(${left}=${expression(c, node.left, frame)})?${expression(c, node.right, frame)}:${left})`;
  },
  Or: (c, node: nodes.Or, frame) => {
    const left = c.temporary();
    return `(T(${left}=${expression(c, node.left, frame)})?${left}:${expression(c, node.right, frame)})`;
  },
  Not: (c, node: nodes.Not, frame) => `!${condition(c, node.node, frame)}`,
};

/** The expression as text, as printing gives it. */
export function text(c: Emitter, node: nodes.Expr, frame: Frame): string {
  if (node instanceof tree.Const && typeof node.value === 'string') return JSON.stringify(node.value);
  return `S(${expression(c, node, frame)})`;
}

/** The expression as a JavaScript boolean. */
export function condition(c: Emitter, node: nodes.Expr, frame: Frame): string {
  const code = expression(c, node, frame);
  const already = node instanceof tree.Not || node instanceof tree.Test;
  return already ? code : `T(${code})`;
}

function compileName(c: Emitter, node: nodes.Name, frame: Frame): string {
  const variable = frame.symbols.ref(node.name);
  const parameter = frame.symbols.findLoad(variable)?.how === 'param';
  if (parameter && !c.openParameters.at(-1)?.has(variable)) return variable;
  return `(${variable}===undefined?U(${JSON.stringify(node.name)}):${variable})`;
}

/** What Python says of a condition that begins with a call and goes on with what is no Python. */
const NO_ELSE = "expected 'else' after 'if' expression";
const CALLS = new Set(['Getitem', 'Getattr', 'Filter', 'Test', 'Call']);

function compileCondition(c: Emitter, node: nodes.CondExpr, frame: Frame): string {
  const under = frame.under();
  const hint = `the inline if-expression on line ${node.lineno} evaluated to false and no else section was defined.`;
  const otherwise = node.expr2 === null ? `R.noElse(${JSON.stringify(hint)})` : expression(c, node.expr2, under);
  const test = frame.under();
  test.decides = CALLS.has(node.test.typename);
  return `(${condition(c, node.test, test)}?${expression(c, node.expr1, under)}:${otherwise})`;
}

function compileCompare(c: Emitter, node: nodes.Compare, frame: Frame): string {
  const last = node.ops.length - 1;
  let left = expression(c, node.expr, frame);
  let code = '';
  let closing = '';
  node.ops.forEach(({ op, expr }, i) => {
    const right = expression(c, expr, frame);
    if (i === last) {
      code += COMPARISONS[op]!(left, right);
      return;
    }
    const value = c.temporary();
    const result = c.temporary();
    code += `(T(${result}=${COMPARISONS[op]!(left, `${value}=${right}`)})?`;
    closing = `:${result})${closing}`;
    left = value;
  });
  return code + closing;
}

/** The arguments as two JavaScript expressions: the positional ones as an array, the named ones as a Map. */
function argumentsOf(
  c: Emitter,
  node: nodes.Call | nodes.Filter | nodes.Test,
  frame: Frame,
  extra: readonly string[] = [],
): { args: string; kwargs: string } {
  const positional = list(c, node.args, frame);
  checkKeywords(c, node, extra.length > 0 ? ['caller'] : []);
  const pairs = [
    ...node.kwargs.map(({ key, value }) => `${JSON.stringify(key)},${expression(c, value, frame)}`),
    ...extra,
  ];
  const dynArgs = node.dynArgs === null ? '' : `...R.spread(${expression(c, node.dynArgs, frame)})`;
  const args = `[${[positional, dynArgs].filter(Boolean).join(',')}]`;
  const dynKwargs = node.dynKwargs === null ? '' : `,${expression(c, node.dynKwargs, frame)}`;
  return {
    args,
    kwargs: pairs.length === 0 && dynKwargs === '' ? 'R.none' : `R.kwargs([${pairs.join(',')}]${dynKwargs})`,
  };
}

/** A name given twice is a syntax error, but for calls with a keyword of Python's, which Jinja2 writes as a dict. */
function checkKeywords(c: Emitter, node: nodes.Call | nodes.Filter | nodes.Test, extra: readonly string[]): void {
  const keys = [...node.kwargs.map(({ key }) => key), ...extra];
  const repeated = keys.find((key, i) => keys.indexOf(key) < i);
  if (repeated === undefined || keys.some((key) => PYTHON_WORDS.has(key))) return;
  c.refuse(`keyword argument repeated: ${repeated}`, node.lineno, 'compiler');
}

/** Runs what a call gave where it is not a value yet. */
function waitFor(c: Emitter, code: string): string {
  const result = c.temporary();
  return `(P(${result}=${code})?yield* settle(${result}):${result})`;
}

export function compileCall(c: Emitter, node: nodes.Call, frame: Frame, extra: readonly string[] = []): string {
  const callee = expression(c, node.node, frame);
  const { args, kwargs } = argumentsOf(c, node, frame, extra);
  return waitFor(c, `call(${callee},${args},${kwargs})`);
}

/** `value` stands for the filter's target where it is not an expression, as in a filter block. */
export function compileFilter(c: Emitter, node: nodes.Filter, frame: Frame, value?: string): string {
  if (!c.options.home.hasFilter(node.name) && !frame.soft) c.failUnknown('filter', node.name, node.lineno);
  const target = node.node === null ? value! : compileTarget(c, node.node, frame, value);
  const { args, kwargs } = argumentsOf(c, node, frame);
  const code = `${c.helper('filter', node.name)}(C,${target},${args},${kwargs})`;
  return c.options.isHostFilter(node.name) ? waitFor(c, code) : code;
}

function compileTarget(c: Emitter, node: nodes.Expr, frame: Frame, value?: string): string {
  return node instanceof tree.Filter ? compileFilter(c, node, frame, value) : expression(c, node, frame);
}

function compileTest(c: Emitter, node: nodes.Test, frame: Frame): string {
  if (!c.options.home.hasTest(node.name) && !frame.soft) c.failUnknown('test', node.name, node.lineno);
  const target = expression(c, node.node, frame);
  const { args, kwargs } = argumentsOf(c, node, frame);
  return `${c.helper('test', node.name)}(C,${target},${args},${kwargs})`;
}
