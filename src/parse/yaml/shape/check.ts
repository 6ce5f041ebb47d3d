import { type Data, isDataMap, PlainDate, WholeFloat } from '../../../util/data.ts';
import { nearest } from '../../../util/nearest.ts';
import { pyRepr } from '../../python.ts';

type Plain = 'any' | 'text' | 'flag' | 'integer' | 'number' | 'none' | 'map';

/** What a value of a properties file may be: a plain kind, one of some words, a list, a map with these keys, or any of several. */
export type Shape = Plain | Words | List | Fields | readonly Shape[];
export interface Words {
  readonly words: readonly string[];
}
export interface List {
  readonly list: Shape;
}
export interface Fields {
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** Whether it may have other keys, too. */
  readonly isOpen: boolean;
}

/** Where a value is not of its shape, why, and what may help. */
export interface Mismatch {
  readonly path: readonly (string | number)[];
  readonly reason: string;
  readonly hint?: string;
}

type Path = readonly (string | number)[];

/** The first place where `value` is not of its shape; undefined where all of it is. */
export function mismatch(shape: Shape, value: Data, path: Path = []): Mismatch | undefined {
  if (typeof shape === 'string') return isPlain(shape, value) ? undefined : wrongType(value, shape, path);
  if (isUnion(shape)) return ofSeveral(shape, value, path);
  if ('words' in shape) {
    if (typeof value === 'string' && shape.words.includes(value)) return undefined;
    return { path, reason: `${pyRepr(value)} is not one of ${pyRepr([...shape.words])}`, ...meant(value, shape.words) };
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrongType(value, shape, path);
    for (let i = 0; i < value.length; i++) {
      const found = mismatch(shape.list, value[i] as Data, [...path, i]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return isDataMap(value) ? inFields(shape, value, path) : wrongType(value, shape, path);
}

function inFields(shape: Fields, value: Readonly<Record<string, Data>>, path: Path): Mismatch | undefined {
  for (const key in value) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined) {
      if (shape.isOpen) continue;
      const reason = `Additional properties are not allowed (${pyRepr(key)} was unexpected)`;
      return { path: [...path, key], reason, ...meant(key, Object.keys(shape.fields)) };
    }
    if (isPlainShape(field) && isPlain(field, value[key] as Data)) continue;
    const found = mismatch(field, value[key] as Data, [...path, key]);
    if (found !== undefined) return found;
  }
  const missing = shape.required.find((key) => !Object.hasOwn(value, key));
  return missing === undefined ? undefined : { path, reason: `${pyRepr(missing)} is a required property` };
}

/** Of several shapes the one that fits the farthest tells more than that none fits. */
function ofSeveral(shapes: readonly Shape[], value: Data, path: Path): Mismatch | undefined {
  let closest: Mismatch | undefined;
  for (const shape of shapes) {
    const found = mismatch(shape, value, path);
    if (found === undefined) return undefined;
    const isInside = found.path.length > path.length || (isDataMap(value) && isFields(shape));
    if (isInside && found.path.length > (closest?.path.length ?? -1)) closest = found;
  }
  return closest ?? wrongType(value, shapes, path);
}

function isPlain(shape: Plain, value: Data): boolean {
  switch (shape) {
    case 'any':
      return true;
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) || typeof value === 'bigint';
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' || value instanceof WholeFloat;
    case 'none':
      return value === null;
    case 'map':
      return isDataMap(value);
  }
}

const isUnion = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape);
const isFields = (shape: Shape): shape is Fields => typeof shape === 'object' && 'fields' in shape;
const isPlainShape = (shape: Shape): shape is Plain => typeof shape === 'string';

function wrongType(value: Data, shape: Shape, path: Path): Mismatch {
  const shown = value instanceof PlainDate ? value.iso : pyRepr(value);
  return { path, reason: `${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown} is not ${words(shape)}` };
}

const PLAIN_WORDS: Readonly<Record<Plain, string>> = {
  any: 'anything',
  text: "of type 'string'",
  flag: "of type 'boolean'",
  integer: "of type 'integer'",
  number: "of type 'number'",
  none: 'empty',
  map: "of type 'object'",
};

function words(shape: Shape): string {
  if (typeof shape === 'string') return PLAIN_WORDS[shape];
  if (isUnion(shape)) return [...new Set(shape.map(words))].join(' or ');
  if ('words' in shape) return `one of ${pyRepr([...shape.words])}`;
  return 'list' in shape ? "of type 'array'" : PLAIN_WORDS.map;
}

function meant(word: Data, known: readonly string[]): { readonly hint?: string } {
  const near = typeof word === 'string' ? nearest(word, known) : undefined;
  return near === undefined ? {} : { hint: `Did you mean '${near}'?` };
}
