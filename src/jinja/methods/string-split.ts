import { typeError, valueError } from '../errors.ts';
import { isInt, isString, textOf, typeName } from '../ops/types.ts';
import { SPACE, trimEnd, trimStart } from '../syntax/space.ts';
import type { Kwargs, Value } from '../values/object.ts';
import { bind } from './arguments.ts';

const LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const WORD = new RegExp(`[^${SPACE}]+`, 'g');

export function strip(text: string, chars: string | undefined, side: 'left' | 'right' | 'both'): string {
  if (chars === undefined) {
    const start = side === 'right' ? text : trimStart(text);
    return side === 'left' ? start : trimEnd(start);
  }
  const set = new Set(chars);
  const points = [...text];
  let from = 0;
  let to = points.length;
  if (side !== 'right') while (from < to && set.has(points[from]!)) from++;
  if (side !== 'left') while (to > from && set.has(points[to - 1]!)) to--;
  return points.slice(from, to).join('');
}

function splitArguments(
  name: string,
  args: readonly Value[],
  kwargs: Kwargs,
): { sep: string | undefined; max: number } {
  const [sep = null, max = -1] = bind(name, ['sep', 'maxsplit'], 0, args, kwargs);
  if (sep !== null && !isString(sep)) throw typeError(`must be str or None, not ${typeName(sep)}`);
  if (!isInt(max)) throw typeError(`'${typeName(max)}' object cannot be interpreted as an integer`);
  if (sep !== null && textOf(sep) === '') throw valueError('empty separator');
  return { sep: sep === null ? undefined : textOf(sep), max: Number(max) };
}

export function split(self: string, args: readonly Value[], kwargs: Kwargs): string[] {
  const { sep, max } = splitArguments('split', args, kwargs);
  if (sep === undefined) return splitWords(self, max);
  const pieces = self.split(sep);
  if (max < 0 || pieces.length <= max + 1) return pieces;
  return [...pieces.slice(0, max), pieces.slice(max).join(sep)];
}

function splitWords(self: string, max: number): string[] {
  const words: string[] = [];
  for (const match of self.matchAll(WORD)) {
    if (max >= 0 && words.length === max) {
      words.push(trimEnd(self.slice(match.index)));
      break;
    }
    words.push(match[0]);
  }
  return words;
}

export function rsplit(self: string, args: readonly Value[], kwargs: Kwargs): string[] {
  const { sep, max } = splitArguments('rsplit', args, kwargs);
  if (sep !== undefined) {
    const pieces = self.split(sep);
    if (max < 0 || pieces.length <= max + 1) return pieces;
    const cut = pieces.length - max;
    return [pieces.slice(0, cut).join(sep), ...pieces.slice(cut)];
  }
  const matches = [...self.matchAll(WORD)];
  if (max < 0 || matches.length <= max) return matches.map((match) => match[0]);
  const kept = max === 0 ? [] : matches.slice(-max);
  const end = kept[0]?.index ?? self.length;
  return [trimStart(trimEnd(self.slice(0, end))), ...kept.map((match) => match[0])].filter((word) => word !== '');
}

export function splitLines(self: string, keepEnds = false): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const match of self.matchAll(LINES)) {
    lines.push(self.slice(from, keepEnds ? match.index + match[0].length : match.index));
    from = match.index + match[0].length;
  }
  if (from < self.length) lines.push(self.slice(from));
  return lines;
}

export function partition(self: string, sep: string): [string, string, string] {
  const at = self.indexOf(sep);
  return at < 0 ? [self, '', ''] : [self.slice(0, at), sep, self.slice(at + sep.length)];
}

export function rpartition(self: string, sep: string): [string, string, string] {
  const at = self.lastIndexOf(sep);
  return at < 0 ? ['', '', self] : [self.slice(0, at), sep, self.slice(at + sep.length)];
}
