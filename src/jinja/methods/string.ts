import { JinjaError, typeError, valueError } from '../errors.ts';
import { iterate, textLength } from '../ops/iterate.ts';
import { str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isInt, isString, requireInt, textOf, typeName } from '../ops/types.ts';
import { PyBytes } from '../values/bytes.ts';
import { Dict } from '../values/dict.ts';
import type { Value } from '../values/object.ts';
import { type Tuple, tuple } from '../values/tuple.ts';
import { type Arities, checkedTable, each } from './arguments.ts';
import * as cases from './string-case.ts';
import * as search from './string-search.ts';
import * as split from './string-split.ts';

/** How Python calls the type of a wrong argument that it names. */
const argumentName = (value: Value): string => (value === null ? 'None' : typeName(value));

function requireText(value: Value, what: string): string {
  if (!isString(value)) throw typeError(`${what} must be str, not ${argumentName(value)}`);
  return textOf(value);
}

function pad(self: string, args: readonly Value[]): { left: number; width: number; fill: string } {
  const missing = requireInt(args[0]) - textLength(self);
  const fill = args[1] === undefined ? ' ' : args[1];
  if (!isString(fill)) throw typeError(`The fill character must be a unicode character, not ${typeName(fill)}`);
  if (textLength(textOf(fill)) !== 1) throw typeError('The fill character must be exactly one character long');
  // Python gives the odd space to the left where both the gap and the width are odd.
  const left = Math.floor(missing / 2) + (missing & Number(args[0]) & 1);
  return { left, width: Math.max(0, missing), fill: textOf(fill) };
}

function join(self: string, args: readonly Value[]): string {
  const parts: string[] = [];
  let i = 0;
  let items: Iterable<Value>;
  try {
    items = iterate(args[0]);
  } catch (error) {
    if (error instanceof JinjaError && error.kind !== 'TypeError') throw error;
    throw typeError('can only join an iterable');
  }
  for (const item of items) {
    if (!isString(item)) throw typeError(`sequence item ${i}: expected str instance, ${typeName(item)} found`);
    parts.push(textOf(item));
    i++;
  }
  return parts.join(self);
}

function replace(self: string, args: readonly Value[]): string {
  const word = (i: number) => {
    if (!isString(args[i])) throw typeError(`replace() argument ${i + 1} must be str, not ${argumentName(args[i])}`);
    return textOf(args[i]);
  };
  return search.replace(self, word(0), word(1), args[2] === undefined ? -1 : requireInt(args[2]));
}

function translate(self: string, args: readonly Value[]): string {
  const table = args[0];
  const map = (char: string): string => {
    const found = table instanceof Dict ? table.get(char.codePointAt(0)) : undefined;
    if (found === undefined) return char;
    if (found === null) return '';
    return isInt(found) ? String.fromCodePoint(Number(found)) : str(found);
  };
  return [...self].map(map).join('');
}

function makeTranslation(args: readonly Value[]): Dict {
  const table = new Dict();
  const code = (key: Value) => (isString(key) ? textOf(key).codePointAt(0) : key);
  if (args.length === 1) {
    for (const [key, value] of args[0].entries()) table.set(code(key), value);
  } else {
    const to = [...str(args[1])];
    if (to.length !== textLength(str(args[0]))) {
      throw valueError('the first two maketrans arguments must have equal length');
    }
    for (const [i, char] of [...str(args[0])].entries()) table.set(char.codePointAt(0), to[i]!.codePointAt(0));
    if (args[2] !== undefined) for (const char of str(args[2])) table.set(char.codePointAt(0), null);
  }
  return table;
}

function expandTabs(self: string, size: number): string {
  let column = 0;
  let text = '';
  for (const char of self) {
    if (char === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      text += ' '.repeat(width);
      column += width;
    } else {
      text += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return text;
}

function zeroFill(self: string, args: readonly Value[]): string {
  const missing = Math.max(0, requireInt(args[0]) - textLength(self));
  const sign = self.startsWith('-') || self.startsWith('+') ? self.slice(0, 1) : '';
  return sign + '0'.repeat(missing) + self.slice(sign.length);
}

const parts = (found: readonly [string, string, string]): Tuple => tuple(found);

const ARITIES: Arities = {
  ...each(
    'upper lower capitalize title swapcase casefold isalnum isalpha isascii isdecimal isdigit isnumeric isidentifier islower isupper istitle isspace isprintable',
    0,
    0,
  ),
  ...each('join translate removeprefix removesuffix zfill partition rpartition', 1, 1),
  ...each('strip lstrip rstrip', 0, 1),
  ...each('ljust rjust center', 1, 2),
  ...each('maketrans', 1, 3),
  ...each('replace', 2, 3),
};

export const STRING_METHODS = checkedTable('str', ARITIES, {
  upper: (self: string) => self.toUpperCase(),
  lower: (self: string) => cases.lower(self),
  capitalize: (self: string) => cases.capitalize(self),
  title: (self: string) => cases.title(self),
  swapcase: (self: string) => cases.swapCase(self),
  casefold: (self: string) => cases.lower(self).replaceAll('ß', 'ss'),
  isalnum: (self: string) => /^[\p{L}\p{N}]+$/u.test(self),
  isalpha: (self: string) => /^\p{L}+$/u.test(self),
  isascii: (self: string) => /^[\0-\x7f]*$/.test(self),
  isdecimal: (self: string) => /^\p{Nd}+$/u.test(self),
  isdigit: (self: string) => /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+$/u.test(self),
  isnumeric: (self: string) => /^\p{N}+$/u.test(self),
  isidentifier: (self: string) => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(self),
  islower: (self: string) => cases.isLower(self),
  isupper: (self: string) => cases.isUpper(self),
  istitle: (self: string) => cases.isTitle(self),
  isspace: (self: string) => self !== '' && split.strip(self, undefined, 'both') === '',
  isprintable: (self: string) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(self),
  strip: (self, args) => split.strip(self, chars(args, 'strip'), 'both'),
  lstrip: (self, args) => split.strip(self, chars(args, 'lstrip'), 'left'),
  rstrip: (self, args) => split.strip(self, chars(args, 'rstrip'), 'right'),
  split: (self, args, kwargs) => split.split(self, args, kwargs),
  rsplit: (self, args, kwargs) => split.rsplit(self, args, kwargs),
  splitlines: (self, args, kwargs) => split.splitLines(self, truth(args[0] ?? kwargs.get('keepends') ?? false)),
  partition: (self, args) => parts(split.partition(self, separator(args))),
  rpartition: (self, args) => parts(split.rpartition(self, separator(args))),
  join,
  replace,
  find: (self, args) => search.find(self, args, 'find'),
  rfind: (self, args) => search.rfind(self, args, 'rfind'),
  index: (self, args) => search.required(search.find(self, args, 'index')),
  rindex: (self, args) => search.required(search.rfind(self, args, 'rindex')),
  count: (self, args) => search.count(self, args),
  startswith: (self, args) => search.startsWith(self, args),
  endswith: (self, args) => search.endsWith(self, args),
  removeprefix: (self, args) => {
    const prefix = requireText(args[0], 'removeprefix() argument');
    return prefix !== '' && self.startsWith(prefix) ? self.slice(prefix.length) : self;
  },
  removesuffix: (self, args) => {
    const suffix = requireText(args[0], 'removesuffix() argument');
    return suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self;
  },
  ljust: (self, args) => {
    const { width, fill } = pad(self, args);
    return self + fill.repeat(width);
  },
  rjust: (self, args) => {
    const { width, fill } = pad(self, args);
    return fill.repeat(width) + self;
  },
  center: (self, args) => {
    const { left, width, fill } = pad(self, args);
    return width === 0 ? self : fill.repeat(left) + self + fill.repeat(width - left);
  },
  zfill: zeroFill,
  expandtabs: (self, args, kwargs) => expandTabs(self, Number(args[0] ?? kwargs.get('tabsize') ?? 8)),
  translate,
  maketrans: (_self, args) => makeTranslation(args),
  encode: (self) => new PyBytes(new TextEncoder().encode(self)),
});

function chars(args: readonly Value[], name: string): string | undefined {
  const given = args[0] ?? null;
  if (given === null) return undefined;
  if (!isString(given)) throw typeError(`${name} arg must be None or str`);
  return textOf(given);
}

function requireSeparator(value: Value): string {
  if (!isString(value)) throw typeError(`must be str, not ${typeName(value)}`);
  return textOf(value);
}

function separator(args: readonly Value[]): string {
  const text = requireSeparator(args[0]);
  if (text === '') throw valueError('empty separator');
  return text;
}
