import { JinjaError, typeError, valueError } from '../errors.ts';
import { formatString } from '../format/format-string.ts';
import { formatValue } from '../format/value.ts';
import { methodsOf } from '../methods/index.ts';
import { escapeValue } from '../methods/markup.ts';
import { Dict } from '../values/dict.ts';
import { PyFloat } from '../values/float.ts';
import { Markup, StrSubclass, textLike } from '../values/markup.ts';
import { BoundMethod, hostFunction, type Kwargs, PyObject, type Value } from '../values/object.ts';
import { NamedTuple } from '../values/tuple.ts';
import { Undefined, type UndefinedKind } from '../values/undefined.ts';
import { sign } from './arithmetic.ts';
import { findItem } from './item.ts';
import { isPrivate } from './private-names.ts';
import { repr } from './text.ts';
import { isNumber, isString, ownerText, textOf, typeName } from './types.ts';

/** What Python's getattr() finds, or JavaScript's undefined. */
export function findAttribute(value: Value, name: string, kind: UndefinedKind = 'default'): Value | undefined {
  if (value instanceof PyObject) return value.pyAttr(name);
  if ((name === 'format' || name === 'format_map') && isString(value)) return formatMethod(value, name, kind);
  if (value instanceof StrSubclass && !(value instanceof Markup)) return findAttribute(value.value, name, kind);
  const method = methodsOf(value)?.[name];
  if (method !== undefined) return new BoundMethod(value, name, (args, kwargs) => method(value, args, kwargs));
  if (value instanceof NamedTuple) {
    const at = value.type.names.indexOf(name);
    if (at >= 0) return value[at];
  }
  return numberAttribute(value, name);
}

/** `text.format` and `text.format_map`, which look attributes up as the template itself does. */
function formatMethod(self: string | StrSubclass, name: string, kind: UndefinedKind): Value {
  const run = (args: readonly Value[], kwargs: Kwargs): Value => {
    const attribute = (value: Value, key: string) => getAttr(value, key, kind);
    const item = (value: Value, key: Value) => getItem(value, key, kind);
    const names = { named: formatNames(name, args, kwargs), attribute, item };
    const given = name === 'format' ? args : [];
    const safe = self instanceof Markup && { format: formatSafely };
    return textLike(self, formatString(textOf(self), given, { ...names, ...safe }));
  };
  // The sandbox puts a function of its own in the method's place.
  return hostFunction(`str.${name}`, run);
}

/** A field of safe text: what is not safe itself is formatted, then escaped. */
function formatSafely(value: Value, spec: string): string {
  if (!(value instanceof Markup)) return escapeValue(formatValue(value, spec)).value;
  if (spec !== '') throw valueError('Unsupported format specification for Markup.');
  return value.value;
}

function formatNames(name: string, args: readonly Value[], kwargs: Kwargs): (key: string) => Value {
  if (name === 'format') return (key) => kwargs.get(key);
  if (kwargs.size > 0) throw typeError('format_map() takes no keyword arguments');
  if (args.length !== 1) throw typeError(`format_map() takes exactly one argument (${args.length} given)`);
  return (key) => findItem(args[0], key);
}

function numberAttribute(value: Value, name: string): Value | undefined {
  if (!isNumber(value)) return undefined;
  const float = value instanceof PyFloat;
  if (name === 'real') return float ? value : sign('+', value);
  if (name === 'imag') return float ? new PyFloat(0) : 0;
  if (float) return undefined;
  return name === 'numerator' ? sign('+', value) : name === 'denominator' ? 1 : undefined;
}

/** The undefined value that a miss gives. */
export function missing(value: Value, key: Value, kind: UndefinedKind): Undefined {
  const nameRepr = isString(key) ? undefined : repr(key);
  const shown = isString(key) && (key instanceof StrSubclass || /[^\w .-]/.test(key)) ? repr(key) : undefined;
  return new Undefined(kind, { owner: ownerText(value), name: key, nameRepr, shown });
}

/** Whether it is of the kind that Python's own protocols ask for. */
export function isDunder(name: string): boolean {
  return name.startsWith('__') && name.endsWith('__');
}

function unsafe(value: Value, name: string, kind: UndefinedKind): Undefined {
  // The class without its module.
  const type = typeName(value).replace(/^.*\./, '');
  const hint = `access to attribute '${name}' of '${type}' object is unsafe.`;
  return new Undefined(kind, { hint, name, owner: ownerText(value), error: 'SecurityError' });
}

/** Jinja2's `value.name`: the attribute, else the item, else undefined. */
export function getAttr(value: Value, name: string, kind: UndefinedKind = 'default'): Value {
  if (value instanceof Undefined && !isPrivate(value, name)) {
    // It has every attribute, and the sandbox refuses those with an underscore.
    const refused = value.kind === 'chainable' && name.startsWith('_') && !isDunder(name);
    return refused ? unsafe(value, name, kind) : value.attribute(name);
  }
  const attribute = name.startsWith('_') ? undefined : findAttribute(value, name, kind);
  if (attribute !== undefined) return attribute;
  if (isPrivate(value, name)) return unsafe(value, name, kind);
  const item = findItem(value, name);
  return item === undefined ? missing(value, name, kind) : item;
}

/** Jinja2's `value[key]`: the item, else the attribute of that name, else undefined. */
export function getItem(value: Value, key: Value, kind: UndefinedKind = 'default'): Value {
  const item = value instanceof Dict && typeof key === 'string' ? value.get(key) : findItemSafely(value, key);
  if (item !== undefined) return item;
  if (typeof key === 'string') {
    if (isPrivate(value, key)) return unsafe(value, key, kind);
    const attribute = key.startsWith('_') ? undefined : findAttribute(value, key, kind);
    if (attribute !== undefined) return attribute;
  }
  return missing(value, key, kind);
}

/** An unhashable key is a miss here, not an error. */
function findItemSafely(value: Value, key: Value): Value | undefined {
  if (value instanceof Undefined) return value.item();
  try {
    return findItem(value, key);
  } catch (error) {
    // What Python answers with a TypeError or LookupError is a miss.
    if (error instanceof JinjaError && (error.kind === 'TypeError' || error.isA('LookupError'))) return undefined;
    throw error;
  }
}
