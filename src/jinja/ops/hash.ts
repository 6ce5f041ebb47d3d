import { typeError } from '../errors.ts';
import { PyFloat } from '../values/float.ts';
import { DictView } from '../values/iterator.ts';
import { StrSubclass } from '../values/markup.ts';
import { PyObject } from '../values/object.ts';
import { PyRange } from '../values/range.ts';
import { Tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';

/** Registered by the classes that cannot be hashed, so that this file need not import them. */
const UNHASHABLE = new Map<unknown, string>([[Array, 'list']]);
export function neverHash(type: unknown, typeName: string): void {
  UNHASHABLE.set(type, typeName);
}

/** A key for a JavaScript Map under which equal Python values meet. Strings and integers are their own key. */
export function hashKey(value: any): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value === null ? null : hashObject(value);
  }
}

function hashObject(value: object): unknown {
  if (value instanceof PyFloat) return hashFloat(value.value);
  if (value instanceof StrSubclass) return value.value;
  if (value instanceof Tuple) return `\0(${value.map(hashText).join('\0,')})`;
  if (value instanceof Undefined) {
    value.allow();
    return `\0undefined ${value.kind}`;
  }
  if (value instanceof PyRange) return `\0range ${value.start} ${value.stop} ${value.step}`;
  if (value instanceof DictView && value.kind !== 'values') throw typeError(`unhashable type: 'dict_${value.kind}'`);
  const refused = UNHASHABLE.get(value.constructor);
  if (refused !== undefined) throw typeError(`unhashable type: '${refused}'`);
  if (value instanceof PyObject && value.pyHash !== undefined) {
    const hash = value.pyHash();
    if (hash === undefined) throw typeError(`unhashable type: '${value.pyTypeName()}'`);
    return `\0object ${hash}`;
  }
  return value;
}

function hashFloat(value: number): unknown {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  return value === 0 ? 0 : value;
}

const IDENTITIES = new WeakMap<object, number>();
let lastIdentity = 0;

function hashText(value: any): string {
  const hash = hashKey(value);
  if (typeof hash !== 'object' || hash === null) return `${typeof hash} ${String(hash)}`;
  let identity = IDENTITIES.get(hash);
  if (identity === undefined) {
    identity = ++lastIdentity;
    IDENTITIES.set(hash, identity);
  }
  return `identity ${identity}`;
}
