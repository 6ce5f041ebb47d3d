import { repr } from '../../jinja/index.ts';

type Fields = Readonly<Record<string, unknown>>;

// The fields of Jinja2's nodes, in their order. A name after a colon is ours for the same.
const CALLED = ['args', 'kwargs', 'dyn_args:dynArgs', 'dyn_kwargs:dynKwargs'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Const: ['value'],
  Name: ['name', 'ctx'],
  List: ['items'],
  Tuple: ['items', 'ctx'],
  Dict: ['items'],
  Pair: ['key', 'value'],
  Keyword: ['key', 'value'],
  Getattr: ['node', 'attr', 'ctx'],
  Getitem: ['node', 'arg', 'ctx'],
  Concat: ['nodes'],
  Compare: ['expr', 'ops'],
  Operand: ['op', 'expr'],
  And: ['left', 'right'],
  Or: ['left', 'right'],
  Not: ['node'],
  CondExpr: ['test', 'expr1', 'expr2'],
  Slice: ['start', 'stop', 'step'],
  Call: ['node', ...CALLED],
  Filter: ['node', 'name', ...CALLED],
  Test: ['node', 'name', ...CALLED],
};

const BINARY: Readonly<Record<string, string>> = {
  '+': 'Add',
  '-': 'Sub',
  '*': 'Mul',
  '/': 'Div',
  '//': 'FloorDiv',
  '%': 'Mod',
  '**': 'Pow',
};

/** A node of the syntax tree as Python prints Jinja2's: what dbt keeps of a setting that it does not write out again. */
export function nodeRepr(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(nodeRepr).join(', ')}]`;
  if (value === undefined || value === null) return 'None';
  const fields = value as Fields;
  const kind = fields['typename'];
  if (typeof value !== 'object' || typeof kind !== 'string') return repr(value);
  if (kind === 'BinOp') return named(BINARY[String(fields['op'])] ?? kind, ['left', 'right'], fields);
  if (kind === 'UnaryOp') return `${fields['op'] === '-' ? 'Neg' : 'Pos'}(node=${nodeRepr(fields['node'])})`;
  return named(kind, FIELDS[kind] ?? [], fields);
}

function named(kind: string, names: readonly string[], fields: Fields): string {
  const parts = names.map((name) => {
    const [theirs = '', ours = theirs] = name.split(':');
    // Whatever is read and not set is loaded.
    return `${theirs}=${theirs === 'ctx' ? "'load'" : nodeRepr(fields[ours])}`;
  });
  return `${kind}(${parts.join(', ')})`;
}
