import { Dict, PyFloat, PySet, repr, str, Tuple, typeName, type Value } from '../../jinja/index.ts';
import { PyDate } from '../modules/datetime/date.ts';
import { PyDateTime } from '../modules/datetime/datetime.ts';
import { pyValueError } from '../py-function.ts';
import { yamlString } from './yaml-string.ts';

/** Python's yaml.safe_dump in block style. */
export function dumpYaml(value: Value, sortKeys: boolean): string {
  if (isScalar(value)) {
    const text = scalar(value, 0, 2);
    return /^['"[{]/.test(text) ? `${text}\n` : `${text}\n...\n`;
  }
  return `${block(value, 0, sortKeys).join('\n')}\n`;
}

/** The lines of a collection; a list inside a map stands at the map's own indentation. */
function block(value: Value, indent: number, sortKeys: boolean): string[] {
  if (value instanceof Dict) return pairs(value, sortKeys).flatMap(([key, item]) => entry(key, item, indent, sortKeys));
  return [...value].flatMap((item: Value) => dash(item, indent, sortKeys));
}

function entry(key: Value, item: Value, indent: number, sortKeys: boolean): string[] {
  const head = `${' '.repeat(indent)}${scalar(key, 0, indent)}:`;
  if (isScalar(item)) return [`${head} ${scalar(item, head.length + 1, indent + 2)}`];
  return [head, ...block(item, item instanceof Dict ? indent + 2 : indent, sortKeys)];
}

function dash(item: Value, indent: number, sortKeys: boolean): string[] {
  const pad = ' '.repeat(indent);
  if (isScalar(item)) return [`${pad}- ${scalar(item, indent + 2, indent + 2)}`];
  const [first = '', ...rest] = block(item, indent + 2, sortKeys);
  return [`${pad}- ${first.slice(indent + 2)}`, ...rest];
}

function pairs(dict: Dict, sortKeys: boolean): [Value, Value][] {
  const entries = [...dict.entries()];
  return sortKeys ? entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : entries;
}

function isScalar(value: Value): boolean {
  if (value instanceof Dict) return value.size === 0;
  if (value instanceof PySet) return false;
  return !Array.isArray(value) || value.length === 0;
}

function scalar(value: Value, column: number, indent: number): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return yamlString(value, column, indent);
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof PyFloat) return floatText(value);
  if (value instanceof Dict) return '{}';
  if (Array.isArray(value) && !(value instanceof Tuple)) return '[]';
  if (value instanceof PyDate || value instanceof PyDateTime) return str(value);
  throw pyValueError(`cannot represent an object of type ${typeName(value)}`);
}

function floatText(value: PyFloat): string {
  if (Number.isNaN(value.value)) return '.nan';
  if (!Number.isFinite(value.value)) return value.value > 0 ? '.inf' : '-.inf';
  const text = repr(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
