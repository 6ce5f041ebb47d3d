import nunjucks from 'nunjucks/src/nodes.js';

/** A node of the syntax tree: nunjucks' Node with Jinja2's fields. Lists are plain arrays. */
export abstract class JinjaNode extends nunjucks.Node {}

type NodeClass<T extends string, F> = new (lineno: number, values: F) => JinjaNode & { readonly typename: T } & F;

/** A node class. Its constructor sets the fields itself: nunjucks' chain of constructors costs more than the parsing. */
function define<T extends string, F extends object>(name: T, fields: readonly (keyof F & string)[]): NodeClass<T, F> {
  function Defined(this: any, lineno: number, values: any): void {
    this.lineno = lineno;
    this.colno = 0;
    for (let i = 0; i < fields.length; i++) this[fields[i]!] = values[fields[i]!];
  }
  Defined.prototype = Object.create(JinjaNode.prototype, {
    constructor: { value: Defined },
    typename: { value: name },
    fields: { value: fields },
  });
  return Defined as unknown as NodeClass<T, F>;
}

export type Expr = JinjaNode & { readonly typename: string };
export type Stmt = Expr;
export type Context = 'load' | 'store' | 'param';

interface Arguments {
  args: Expr[];
  kwargs: Keyword[];
  dynArgs: Expr | null;
  dynKwargs: Expr | null;
}
interface Binary {
  left: Expr;
  right: Expr;
}
const ARGUMENTS = ['args', 'kwargs', 'dynArgs', 'dynKwargs'] as const;

// Statements
/** `marks`: the words of all tags used, and `loop=` where something is assigned to `loop`; they spare the compiler searching. */
export const Root = define<'Root', { body: Stmt[]; marks: ReadonlySet<string> }>('Root', ['body', 'marks']);
export const Output = define<'Output', { nodes: Expr[] }>('Output', ['nodes']);
export const For = define<
  'For',
  { target: Expr; iter: Expr; body: Stmt[]; else_: Stmt[]; test: Expr | null; recursive: boolean }
>('For', ['target', 'iter', 'body', 'else_', 'test', 'recursive']);
export const If = define<'If', { test: Expr; body: Stmt[]; elif: IfNode[]; else_: Stmt[] }>('If', [
  'test',
  'body',
  'elif',
  'else_',
]);
export const Macro = define<'Macro', { name: string; args: Name[]; defaults: Expr[]; body: Stmt[] }>('Macro', [
  'name',
  'args',
  'defaults',
  'body',
]);
export const CallBlock = define<'CallBlock', { call: Call; args: Name[]; defaults: Expr[]; body: Stmt[] }>(
  'CallBlock',
  ['call', 'args', 'defaults', 'body'],
);
export const FilterBlock = define<'FilterBlock', { body: Stmt[]; filter: Filter }>('FilterBlock', ['body', 'filter']);
export const With = define<'With', { targets: Expr[]; values: Expr[]; body: Stmt[] }>('With', [
  'targets',
  'values',
  'body',
]);
export const Block = define<'Block', { name: string; body: Stmt[]; scoped: boolean; required: boolean }>('Block', [
  'name',
  'body',
  'scoped',
  'required',
]);
export const Extends = define<'Extends', { template: Expr }>('Extends', ['template']);
export const Include = define<'Include', { template: Expr; withContext: boolean; ignoreMissing: boolean }>('Include', [
  'template',
  'withContext',
  'ignoreMissing',
]);
export const Import = define<'Import', { template: Expr; withContext: boolean; target: string }>('Import', [
  'template',
  'withContext',
  'target',
]);
export const FromImport = define<
  'FromImport',
  { template: Expr; withContext: boolean; names: (readonly [name: string, alias: string])[] }
>('FromImport', ['template', 'withContext', 'names']);
export const ExprStmt = define<'ExprStmt', { node: Expr }>('ExprStmt', ['node']);
export const Assign = define<'Assign', { target: Expr; node: Expr }>('Assign', ['target', 'node']);
export const AssignBlock = define<'AssignBlock', { target: Expr; filter: Expr | null; body: Stmt[] }>('AssignBlock', [
  'target',
  'filter',
  'body',
]);
export const Autoescape = define<'Autoescape', { value: Expr; body: Stmt[] }>('Autoescape', ['value', 'body']);
export const Continue = define<'Continue', object>('Continue', []);
export const Break = define<'Break', object>('Break', []);

// Expressions
export const Name = define<'Name', { name: string; ctx: Context }>('Name', ['name', 'ctx']);
export const NSRef = define<'NSRef', { name: string; attr: string }>('NSRef', ['name', 'attr']);
export const Const = define<'Const', { value: any }>('Const', ['value']);
export const TemplateData = define<'TemplateData', { data: string }>('TemplateData', ['data']);
export const Tuple = define<'Tuple', { items: Expr[]; ctx: Context }>('Tuple', ['items', 'ctx']);
export const List = define<'List', { items: Expr[] }>('List', ['items']);
export const Dict = define<'Dict', { items: Pair[] }>('Dict', ['items']);
export const Pair = define<'Pair', { key: Expr; value: Expr }>('Pair', ['key', 'value']);
export const Keyword = define<'Keyword', { key: string; value: Expr }>('Keyword', ['key', 'value']);
export const CondExpr = define<'CondExpr', { test: Expr; expr1: Expr; expr2: Expr | null }>('CondExpr', [
  'test',
  'expr1',
  'expr2',
]);
export const Filter = define<'Filter', { node: Expr | null; name: string } & Arguments>('Filter', [
  'node',
  'name',
  ...ARGUMENTS,
]);
export const Test = define<'Test', { node: Expr; name: string } & Arguments>('Test', ['node', 'name', ...ARGUMENTS]);
export const Call = define<'Call', { node: Expr } & Arguments>('Call', ['node', ...ARGUMENTS]);
export const Getitem = define<'Getitem', { node: Expr; arg: Expr }>('Getitem', ['node', 'arg']);
export const Getattr = define<'Getattr', { node: Expr; attr: string }>('Getattr', ['node', 'attr']);
export const Slice = define<'Slice', { start: Expr | null; stop: Expr | null; step: Expr | null }>('Slice', [
  'start',
  'stop',
  'step',
]);
export const Concat = define<'Concat', { nodes: Expr[] }>('Concat', ['nodes']);
export const Compare = define<'Compare', { expr: Expr; ops: Operand[] }>('Compare', ['expr', 'ops']);
export const Operand = define<'Operand', { op: string; expr: Expr }>('Operand', ['op', 'expr']);
/** Arithmetic: `op` is Python's sign. */
export const BinOp = define<'BinOp', { op: string } & Binary>('BinOp', ['op', 'left', 'right']);
export const And = define<'And', Binary>('And', ['left', 'right']);
export const Or = define<'Or', Binary>('Or', ['left', 'right']);
export const Not = define<'Not', { node: Expr }>('Not', ['node']);
export const UnaryOp = define<'UnaryOp', { op: '+' | '-'; node: Expr }>('UnaryOp', ['op', 'node']);

export type Root = InstanceType<typeof Root>;
export type Output = InstanceType<typeof Output>;
export type For = InstanceType<typeof For>;
interface IfNode extends JinjaNode {
  readonly typename: 'If';
  test: Expr;
  body: Stmt[];
  elif: IfNode[];
  else_: Stmt[];
}
export type If = IfNode;
export type Macro = InstanceType<typeof Macro>;
export type CallBlock = InstanceType<typeof CallBlock>;
export type FilterBlock = InstanceType<typeof FilterBlock>;
export type With = InstanceType<typeof With>;
export type Block = InstanceType<typeof Block>;
export type Extends = InstanceType<typeof Extends>;
export type Include = InstanceType<typeof Include>;
export type Import = InstanceType<typeof Import>;
export type FromImport = InstanceType<typeof FromImport>;
export type ExprStmt = InstanceType<typeof ExprStmt>;
export type Assign = InstanceType<typeof Assign>;
export type AssignBlock = InstanceType<typeof AssignBlock>;
export type Autoescape = InstanceType<typeof Autoescape>;
export type Name = InstanceType<typeof Name>;
export type NSRef = InstanceType<typeof NSRef>;
export type Const = InstanceType<typeof Const>;
export type TemplateData = InstanceType<typeof TemplateData>;
export type Tuple = InstanceType<typeof Tuple>;
export type List = InstanceType<typeof List>;
export type Dict = InstanceType<typeof Dict>;
export type Pair = InstanceType<typeof Pair>;
export type Keyword = InstanceType<typeof Keyword>;
export type CondExpr = InstanceType<typeof CondExpr>;
export type Filter = InstanceType<typeof Filter>;
export type Test = InstanceType<typeof Test>;
export type Call = InstanceType<typeof Call>;
export type Getitem = InstanceType<typeof Getitem>;
export type Getattr = InstanceType<typeof Getattr>;
export type Slice = InstanceType<typeof Slice>;
export type Concat = InstanceType<typeof Concat>;
export type Compare = InstanceType<typeof Compare>;
export type Operand = InstanceType<typeof Operand>;
export type BinOp = InstanceType<typeof BinOp>;
export type And = InstanceType<typeof And>;
export type Or = InstanceType<typeof Or>;
export type Not = InstanceType<typeof Not>;
export type UnaryOp = InstanceType<typeof UnaryOp>;

/** The direct children of a node, in the order of its fields. */
export function children(node: JinjaNode, exclude?: string): JinjaNode[] {
  const found: JinjaNode[] = [];
  for (const field of node.fields) {
    if (field === exclude) continue;
    const value = (node as any)[field];
    if (value instanceof JinjaNode) found.push(value);
    else if (Array.isArray(value)) for (const item of value) if (item instanceof JinjaNode) found.push(item);
  }
  return found;
}

/** Every node below this one with that type name, in document order. */
export function* descendants(node: JinjaNode, typename: string): Generator<any> {
  for (const child of children(node)) {
    if (child.typename === typename) yield child;
    yield* descendants(child, typename);
  }
}
