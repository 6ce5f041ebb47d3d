import { typeError } from '../errors.ts';
import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { DictView, PyIterator } from '../values/iterator.ts';
import { StrSubclass } from '../values/markup.ts';
import { BoundMethod, HostFunction, PyObject, PyType } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { PySet } from '../values/set.ts';
import { NamedTuple, Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';

/** Python's `type(value).__name__`. */
export function typeName(value: any): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
      return value === null ? 'NoneType' : objectTypeName(value);
  }
}

function objectTypeName(value: object): string {
  if (value instanceof PyFloat) return 'float';
  if (value instanceof Dict) return 'dict';
  if (value instanceof NamedTuple) return value.type.name;
  if (value instanceof Tuple) return 'tuple';
  if (Array.isArray(value)) return 'list';
  if (value instanceof PySet) return 'set';
  if (value instanceof PyRange) return 'range';
  if (value instanceof Undefined) return value.typeName;
  if (value instanceof PyObject) return value.pyTypeName();
  if (value instanceof StrSubclass) return value.typeName;
  if (value instanceof PyIterator) return value.typeName;
  if (value instanceof DictView) return `dict_${value.kind}`;
  if (value instanceof BoundMethod) return 'builtin_function_or_method';
  if (value instanceof PyType) return 'type';
  if (value instanceof HostFunction) return 'function';
  return 'object';
}

/** How Jinja2 calls an object in "… has no attribute": its class with the module, then `object`. */
export function ownerText(value: any): string {
  if (value === null) return 'None';
  if (value instanceof StrSubclass) return `${value.module}.${value.typeName} object`;
  if (value instanceof Undefined) return `jinja2.runtime.${value.typeName} object`;
  if (value instanceof NamedTuple) return `${value.type.module}.${value.type.name} object`;
  return `${value instanceof PyObject ? value.pyQualifiedName() : typeName(value)} object`;
}

export function isString(value: any): value is string | StrSubclass {
  return typeof value === 'string' || value instanceof StrSubclass;
}

/** The text of a str. */
export function textOf(value: string | StrSubclass): string {
  return typeof value === 'string' ? value : value.value;
}

/** Whether it is an int in Python's sense, where booleans are ints. */
export function isInt(value: any): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

export function isNumber(value: any): boolean {
  return isInt(value) || value instanceof PyFloat;
}

/** An int where Python insists on one. */
export function requireInt(value: any): number {
  if (!isInt(value)) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return Number(value);
}

/** A number of the host's as a float; every other value as it is. */
export function hostNumber(value: any): any {
  return value instanceof PyObject && value.pyFloat !== undefined ? new PyFloat(value.pyFloat()) : value;
}

/** A number as a JavaScript float. */
export function toFloat(value: any): number {
  return value instanceof PyFloat ? value.value : Number(value);
}

export function isCallable(value: any): boolean {
  if (value instanceof HostFunction) return true;
  if (value instanceof Undefined) return true;
  return value instanceof PyObject && value.pyCall !== undefined;
}
