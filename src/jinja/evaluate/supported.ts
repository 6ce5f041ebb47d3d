import * as nodes from '../syntax/nodes.ts';
import { PyFloat } from '../values/float.ts';
import type { Value } from '../values/object.ts';

/** What running needs to know of a template before it starts. */
export interface Known {
  hasFilter(name: string): boolean;
  hasTest(name: string): boolean;
}

const STATEMENTS = new Set(['Output', 'If', 'For', 'Assign', 'AssignBlock', 'ExprStmt']);
/** A constant slice is computed ahead, with answers of its own; `self` is the template. */
const EXPRESSIONS = new Set(
  'Const TemplateData Tuple List Dict Pair Keyword CondExpr Filter Test Call Getattr Getitem Concat Compare Operand BinOp UnaryOp And Or Not NSRef Name'.split(
    ' ',
  ),
);

/** Whether a tree holds nothing but what `perform` can run; all else is for the compiler, which also tells what is wrong. */
export function isSupported(root: nodes.Root, known: Known): boolean {
  if (root.marks.has('loop=')) return false;
  return root.body.every((node) => isRunnable(node, known));
}

function isRunnable(node: nodes.JinjaNode, known: Known): boolean {
  const kind = node.typename;
  if (!STATEMENTS.has(kind) && !EXPRESSIONS.has(kind)) return false;
  if (kind === 'Name' && (node as nodes.Name).name === 'self') return false;
  if (kind === 'For' && (node as nodes.For).recursive) return false;
  if (kind === 'AssignBlock' && (node as nodes.AssignBlock).filter !== null) return false;
  if (kind === 'Filter' && ((node as nodes.Filter).node === null || !known.hasFilter((node as nodes.Filter).name))) {
    return false;
  }
  if (kind === 'Const' && !isWritable((node as nodes.Const).value)) return false;
  if (kind === 'Test' && !known.hasTest((node as nodes.Test).name)) return false;
  if (hasRepeatedKeyword(node)) return false;
  const { fields } = node;
  for (let i = 0; i < fields.length; i++) {
    const value = (node as any)[fields[i] as string];
    if (value instanceof nodes.JinjaNode) {
      if (!isRunnable(value, known)) return false;
    } else if (Array.isArray(value)) {
      for (const item of value) if (item instanceof nodes.JinjaNode && !isRunnable(item, known)) return false;
    }
  }
  return true;
}

/** Infinity is no constant that Python's code can hold. */
function isWritable(value: Value): boolean {
  return !(value instanceof PyFloat) || Number.isFinite(value.value);
}

/** `f(x=1, x=2)`, which the compiler refuses. */
function hasRepeatedKeyword(node: nodes.JinjaNode): boolean {
  const { kwargs } = node as nodes.Call;
  if (kwargs === undefined || kwargs.length < 2) return false;
  return new Set(kwargs.map(({ key }) => key)).size < kwargs.length;
}
