import {
  compareValues,
  Dict,
  JinjaError,
  PyBytes,
  PyFloat,
  PySet,
  repr,
  str,
  Tuple,
  typeName,
  type Value,
} from '../../../jinja/index.ts';
import { PyDate } from '../../modules/datetime/date.ts';
import { PyDateTime } from '../../modules/datetime/datetime.ts';
import { pyValueError } from '../../py-function.ts';

/** `isText`: a string, which may need quotes; the others stand as they are. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly tag: string; readonly text: string; readonly isText: boolean }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[] }
  | { readonly kind: 'map'; readonly tag?: string; readonly pairs: readonly (readonly [YamlNode, YamlNode])[] };

/** The tree of nodes of a value, as PyYAML's SafeDumper represents it. One object is one node, wherever it is met. */
export function represent(value: Value, sortKeys: boolean): YamlNode {
  const made = new Map<object, YamlNode>();
  const nodeOf = (item: Value): YamlNode => {
    const scalar = scalarOf(item);
    if (scalar !== undefined && !(item instanceof PyDate || item instanceof PyDateTime)) return scalar;
    const known = made.get(item);
    if (known !== undefined) return known;
    if (scalar !== undefined) return remember(item, scalar);
    if (isSequence(item)) {
      const items: YamlNode[] = [];
      const node: YamlNode = { kind: 'list', items };
      // An empty tuple is the same object everywhere in Python, and yet not shared here.
      if (!(item instanceof Tuple) || item.length > 0) remember(item, node);
      for (const one of item) items.push(nodeOf(one));
      return node;
    }
    const entries = entriesOf(item);
    const pairs: [YamlNode, YamlNode][] = [];
    const node = remember(item, { kind: 'map', pairs, ...(item instanceof PySet && { tag: '!!set' }) });
    for (const [key, one] of sortKeys ? sorted(entries) : entries) pairs.push([nodeOf(key), nodeOf(one)]);
    return node;
  };
  const remember = (item: object, node: YamlNode): YamlNode => {
    made.set(item, node);
    return node;
  };
  return nodeOf(value);
}

function isSequence(value: Value): value is Value[] {
  return Array.isArray(value) && (value.constructor === Array || value.constructor === Tuple);
}

function entriesOf(value: Value): [Value, Value][] {
  if (value instanceof Dict) return [...value.entries()];
  if (value instanceof PySet) return Array.from(value, (item) => [item, null]);
  throw pyValueError(`cannot represent an object of type ${typeName(value)}`);
}

/** By their keys; as they are where the keys cannot be compared. */
function sorted(entries: readonly [Value, Value][]): readonly [Value, Value][] {
  try {
    return [...entries].sort(([a], [b]) => compareValues(a, b));
  } catch (error) {
    if (error instanceof JinjaError && error.isA('TypeError')) return entries;
    throw error;
  }
}

function scalarOf(value: Value): YamlNode | undefined {
  const plain = (tag: string, text: string): YamlNode => ({ kind: 'scalar', tag, text, isText: false });
  if (value === null) return plain('!!null', 'null');
  if (typeof value === 'string') return { kind: 'scalar', tag: '!!str', text: value, isText: true };
  if (typeof value === 'boolean') return plain('!!bool', String(value));
  if (typeof value === 'number' || typeof value === 'bigint') return plain('!!int', str(value));
  if (value instanceof PyFloat) return plain('!!float', floatText(value));
  if (value instanceof PyDate || value instanceof PyDateTime) return plain('!!timestamp', str(value));
  return value instanceof PyBytes ? plain('!!binary', Buffer.from(value.bytes).toString('base64')) : undefined;
}

function floatText(value: PyFloat): string {
  if (Number.isNaN(value.value)) return '.nan';
  if (!Number.isFinite(value.value)) return value.value > 0 ? '.inf' : '-.inf';
  const text = repr(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
