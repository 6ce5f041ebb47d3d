import { type FoundCall, repr } from '../../jinja/index.ts';
import { nodeRepr } from './node-repr.ts';

type Expression = FoundCall['node'];
type Fields = Readonly<Record<string, unknown>>;

/** The keyword arguments of a call as text: a plain string as it is, anything else as it is written. */
export function writtenKeywords(call: Expression): Readonly<Record<string, string>> {
  const keywords = listOf(fieldsOf(call), 'kwargs').map((keyword): [string, string] => {
    const { key, value } = fieldsOf(keyword);
    const constant = isKind(value, 'Const') ? fieldsOf(value).value : undefined;
    return [String(key), typeof constant === 'string' ? constant : textOf(value)];
  });
  return Object.fromEntries(keywords);
}

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  lteq: '<=',
  gt: '>',
  gteq: '>=',
  in: 'in',
  notin: 'not in',
};

/** An expression written out again, as dbt writes it for state comparison. */
function textOf(node: unknown): string {
  const fields = fieldsOf(node);
  const part = (name: string): string => textOf(fields[name]);
  switch (kindOf(node)) {
    case 'Const':
      return repr(fields.value);
    case 'Name':
      return String(fields.name);
    case 'Call':
      return callText(fields);
    case 'List':
      return `[${joined(fields, 'items')}]`;
    case 'Tuple':
      return tupleText(fields);
    case 'Dict':
      return `{${joined(fields, 'items')}}`;
    case 'Pair':
      return `${part('key')}: ${part('value')}`;
    case 'Keyword':
      return `${String(fields.key)}=${part('value')}`;
    case 'Getattr':
      return `${part('node')}.${String(fields.attr)}`;
    case 'Getitem':
      return `${part('node')}[${part('arg')}]`;
    case 'Concat':
      return listOf(fields, 'nodes').map(textOf).join(' ~ ');
    case 'Compare':
      return [part('expr'), ...listOf(fields, 'ops').map(textOf)].join(' ');
    case 'Operand':
      return `${COMPARISONS[String(fields.op)] ?? String(fields.op)} ${part('expr')}`;
    case 'Not':
      return `not ${part('node')}`;
    case 'UnaryOp':
      return fields.op === '-' ? `-${part('node')}` : nodeRepr(node);
    case 'And':
      return `${part('left')} and ${part('right')}`;
    case 'Or':
      return `${part('left')} or ${part('right')}`;
    default:
      return nodeRepr(node);
  }
}

function callText(fields: Fields): string {
  return `${textOf(fields.node)}(${argumentTexts(fields).join(', ')})`;
}

function argumentTexts(fields: Fields): readonly string[] {
  const starred = fields.dynArgs ? [`*${textOf(fields.dynArgs)}`] : [];
  const doubleStarred = fields.dynKwargs ? [`**${textOf(fields.dynKwargs)}`] : [];
  return [...[...listOf(fields, 'args'), ...listOf(fields, 'kwargs')].map(textOf), ...starred, ...doubleStarred];
}

function tupleText(fields: Fields): string {
  const items = listOf(fields, 'items').map(textOf);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function joined(fields: Fields, name: string): string {
  return listOf(fields, name).map(textOf).join(', ');
}

function listOf(fields: Fields, name: string): readonly unknown[] {
  const list = fields[name];
  return Array.isArray(list) ? list : [];
}

function fieldsOf(node: unknown): Fields {
  return typeof node === 'object' && node !== null ? (node as Fields) : {};
}

function kindOf(node: unknown): string {
  return String(fieldsOf(node).typename);
}

function isKind(node: unknown, kind: string): boolean {
  return kindOf(node) === kind;
}
