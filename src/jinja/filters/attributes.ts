import { JinjaError } from '../errors.ts';
import { lower } from '../methods/string-case.ts';
import { getItem } from '../ops/attribute.ts';
import { str } from '../ops/text.ts';
import { isString, textOf, typeName } from '../ops/types.ts';
import type { Run } from '../runtime/facts.ts';
import { textLike } from '../values/markup.ts';
import type { Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';

/** Strings in lower case, everything else as it is: how filters compare without regard to case. */
export function ignoreCase(value: Value): Value {
  return isString(value) ? textLike(value, lower(textOf(value))) : value;
}

function pathOf(attribute: Value): Value[] {
  if (attribute === undefined || attribute === null) return [];
  if (!isString(attribute)) return [attribute];
  return str(attribute)
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Reads an attribute such as `'a.b.0'`; without one, the value itself. */
export function attributeReader(
  context: Run,
  attribute: Value,
  after: (value: Value) => Value = (value) => value,
  fallback?: Value,
): (value: Value) => Value {
  const path = pathOf(attribute);
  return (value) => {
    let item = value;
    for (const part of path) {
      item = getItem(item, part, context.env.undefinedKind);
      if (fallback !== undefined && fallback !== null && item instanceof Undefined) item = fallback;
    }
    return after(item);
  };
}

/** Reads several attributes, `'a,b.c'`, as a list. */
export function attributesReader(
  context: Run,
  attribute: Value,
  after: (value: Value) => Value,
): (value: Value) => Value[] {
  const names = isString(attribute) ? textOf(attribute).split(',') : [attribute];
  const readers = names.map((name) => attributeReader(context, name, after));
  return (value) => readers.map((read) => read(value));
}

/** The error of asking a value for what it does not have. */
export function noAttribute(value: Value, name: string): JinjaError {
  if (value instanceof Undefined) return value.fail();
  if (typeName(value) === 'Namespace') return new JinjaError('AttributeError', name);
  return new JinjaError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
}
