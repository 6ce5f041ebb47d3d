import { typeError, valueError } from '../errors.ts';
import { hasSurrogates } from '../ops/iterate.ts';
import { isInt, isString, textOf, typeName } from '../ops/types.ts';
import type { Value } from '../values/object.ts';
import { Tuple } from '../values/tuple.ts';

interface Part {
  readonly text: string;
  readonly offset: number;
  readonly wide: boolean;
  /** `start` lies beyond `end`: not even the empty text is there. */
  readonly nowhere: boolean;
}

/** The part of the text that `start` and `end` leave, and where it begins. Positions count code points. */
function range(self: string, args: readonly Value[]): Part {
  const wide = hasSurrogates(self);
  const size = wide ? [...self].length : self.length;
  const at = (value: Value, fallback: number): number => {
    if (value === undefined || value === null) return fallback;
    if (!isInt(value)) throw typeError('slice indices must be integers or None or have an __index__ method');
    return Number(value) < 0 ? Math.max(0, Number(value) + size) : Number(value);
  };
  const offset = at(args[1], 0);
  const end = Math.min(size, at(args[2], size));
  const text = wide ? [...self].slice(offset, end).join('') : self.slice(offset, end);
  return { text, offset, wide, nowhere: offset > end };
}

function needle(args: readonly Value[], name: string): string {
  if (args.length === 0) throw typeError(`${name}() takes at least 1 argument (0 given)`);
  if (!isString(args[0])) throw typeError(`must be str, not ${typeName(args[0])}`);
  return textOf(args[0]);
}

function place(found: number, part: Part): number {
  if (found < 0) return -1;
  return part.offset + (part.wide ? [...part.text.slice(0, found)].length : found);
}

export function find(self: string, args: readonly Value[], name: string): number {
  const wanted = needle(args, name);
  const part = range(self, args);
  return part.nowhere ? -1 : place(part.text.indexOf(wanted), part);
}

export function rfind(self: string, args: readonly Value[], name: string): number {
  const wanted = needle(args, name);
  const part = range(self, args);
  return part.nowhere ? -1 : place(part.text.lastIndexOf(wanted), part);
}

export function required(found: number): number {
  if (found < 0) throw valueError('substring not found');
  return found;
}

export function count(self: string, args: readonly Value[]): number {
  const { text, nowhere } = range(self, args);
  const wanted = needle(args, 'count');
  if (nowhere) return 0;
  return wanted === '' ? [...text].length + 1 : text.split(wanted).length - 1;
}

function anyAffix(
  self: string,
  args: readonly Value[],
  name: string,
  test: (text: string, affix: string) => boolean,
): boolean {
  const { text, nowhere } = range(self, args);
  const given = args[0];
  if (nowhere) return false;
  const affixes = given instanceof Tuple ? given : [given];
  return affixes.some((affix) => {
    if (isString(affix)) return test(text, textOf(affix));
    if (given instanceof Tuple) throw typeError(`tuple for ${name} must only contain str, not ${typeName(affix)}`);
    throw typeError(`${name} first arg must be str or a tuple of str, not ${typeName(affix)}`);
  });
}

export function startsWith(self: string, args: readonly Value[]): boolean {
  return anyAffix(self, args, 'startswith', (text, affix) => text.startsWith(affix));
}

export function endsWith(self: string, args: readonly Value[]): boolean {
  return anyAffix(self, args, 'endswith', (text, affix) => text.endsWith(affix));
}

/** The first `limit` occurrences, or all of them where `limit` is negative. */
export function replace(self: string, from: string, to: string, limit: number): string {
  if (limit < 0 && from !== '') return self.replaceAll(from, () => to);
  const pieces = from === '' ? ['', ...self] : self.split(from);
  const places = from === '' ? pieces.length : pieces.length - 1;
  const most = limit < 0 ? places : Math.min(limit, places);
  if (from === '') {
    return pieces.map((piece, i) => (i === 0 ? '' : piece) + (i < most ? to : '')).join('');
  }
  return (
    pieces.slice(0, most + 1).join(to) +
    pieces
      .slice(most + 1)
      .map((piece) => from + piece)
      .join('')
  );
}
