import { JinjaError, typeError } from '../errors.ts';
import { escapeValue, stripTags } from '../methods/markup.ts';
import { STRING_METHODS } from '../methods/string.ts';
import { replace } from '../methods/string-search.ts';
import { splitLines } from '../methods/string-split.ts';
import { length } from '../ops/iterate.ts';
import { modulo } from '../ops/operators.ts';
import { str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isInt, isString, requireInt, textOf, typeName } from '../ops/types.ts';
import type { Run } from '../runtime/facts.ts';
import { Dict } from '../values/dict.ts';
import { escapeHtml, Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';
import { Tuple, tuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { noAttribute } from './attributes.ts';
import { type FilterEntry, filter, openFilter } from './table.ts';

const NONE = new Map<string, Value>();

/** A filter that is a method of str, applied to the value's text. */
const method =
  (name: string) =>
  (_context: Run, value: Value, ...args: Value[]): Value => {
    const run = STRING_METHODS[name]!;
    const result = run(
      str(value),
      args.filter((arg) => arg !== undefined),
      NONE,
    );
    return value instanceof Markup && typeof result === 'string' ? new Markup(result) : result;
  };

function title(_context: Run, value: Value): Value {
  const words = str(value).split(/([-\s({[<]+)/u);
  const text = words
    .filter(Boolean)
    .map((word) => {
      const first = String.fromCodePoint(word.codePointAt(0)!);
      return first.toUpperCase() + word.slice(first.length).toLowerCase();
    })
    .join('');
  return text;
}

/** The text of a str; other values have no such method. */
export function requireText(value: Value, method: string): string {
  if (isString(value)) return textOf(value);
  if (value instanceof Undefined && value.kind === 'parse') return '';
  throw noAttribute(value, method);
}

function indent(_context: Run, value: Value, width: Value = 4, first: Value = false, blank: Value = false): Value {
  if (!isString(value)) {
    if (value instanceof Undefined) value.fail();
    if (Array.isArray(value) && !(value instanceof Tuple)) throw noAttribute(value, 'splitlines');
    if (value instanceof Tuple) throw typeError('can only concatenate tuple (not "str") to tuple');
    throw typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
  }
  if (!isString(width) && !isInt(width)) {
    throw typeError(`can't multiply sequence by non-int of type '${typeName(width)}'`);
  }
  const prefix = isString(width) ? textOf(width) : ' '.repeat(Math.max(0, Number(width)));
  const lines = splitLines(`${str(value)}\n`);
  const [head = '', ...rest] = lines;
  const indented = truth(blank)
    ? lines.join(`\n${prefix}`)
    : [head, ...rest.map((line) => (line === '' ? line : prefix + line))].join('\n');
  const text = truth(first) ? prefix + indented : indented;
  return value instanceof Markup ? new Markup(text) : text;
}

function truncate(
  _context: Run,
  value: Value,
  size: Value = 255,
  killWords: Value = false,
  end: Value = '...',
  leeway: Value = 5,
): Value {
  const tail = str(end);
  const tailLength = length(end);
  const most = Number(size);
  const slack = leeway === null ? 5 : Number(leeway);
  if (most < tailLength) throw new JinjaError('AssertionError', `expected length >= ${tailLength}, got ${most}`);
  if (slack < 0) throw new JinjaError('AssertionError', `expected leeway >= 0, got ${slack}`);
  if (length(value) <= most + slack) return value;
  const cut = [...requireText(value, 'rsplit')].slice(0, most - tailLength).join('');
  if (truth(killWords)) return cut + tail;
  const space = cut.lastIndexOf(' ');
  return (space < 0 ? cut : cut.slice(0, space)) + tail;
}

function format(_context: Run, value: Value, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
  if (args.length > 0 && kwargs.size > 0) {
    throw new JinjaError('FilterArgumentError', "can't handle positional and keyword arguments at the same time");
  }
  return modulo(isString(value) ? value : str(value), kwargs.size > 0 ? new Dict(kwargs) : tuple(args));
}

function replaceText(context: Run, value: Value, from: Value, to: Value, count: Value = null): Value {
  const limit = count === null ? -1 : requireInt(count);
  if (!context.autoescape) return replace(str(value), str(from), str(to), limit);
  const escapes = from instanceof Markup || (to instanceof Markup && !(value instanceof Markup));
  const safe = escapes ? escapeValue(value) : value;
  if (!(safe instanceof Markup)) return replace(str(safe), str(from), str(to), limit);
  return new Markup(replace(safe.value, str(from), escapeValue(isString(to) ? to : str(to)).value, limit));
}

function wordCount(_context: Run, value: Value): number {
  return [...str(value).matchAll(/[\p{L}\p{N}_]+/gu)].length;
}

export const TEXT_FILTERS: Readonly<Record<string, FilterEntry>> = {
  upper: filter('do_upper', '', method('upper')),
  lower: filter('do_lower', '', method('lower')),
  capitalize: filter('do_capitalize', '', method('capitalize')),
  title: filter('do_title', '', title),
  trim: filter('do_trim', 'chars=', (context, value, chars) => method('strip')(context, value, chars)),
  center: filter('do_center', 'width=', (context, value, width = 80) => method('center')(context, value, width)),
  replace: filter('do_replace', 'old new count=', replaceText),
  indent: filter('do_indent', 'width= first= blank=', indent),
  truncate: filter('do_truncate', 'length= killwords= end= leeway=', truncate),
  format: openFilter(format),
  wordcount: filter('do_wordcount', '', wordCount),
  string: filter('soft_str', '', (_context, value) => (value instanceof Markup ? value : str(value))),
  escape: filter('escape', '', (_context, value) => escapeValue(value)),
  e: filter('escape', '', (_context, value) => escapeValue(value)),
  forceescape: filter('do_forceescape', '', (_context, value) => new Markup(escapeHtml(str(value)))),
  safe: filter('do_mark_safe', '', (_context, value) => new Markup(str(value))),
  striptags: filter('do_striptags', '', (_context, value) => stripTags(str(value))),
};
