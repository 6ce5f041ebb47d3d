import { str } from '../ops/text.ts';
import { isString } from '../ops/types.ts';
import { escapeHtml, Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';
import { Tuple, tuple } from '../values/tuple.ts';
import { type MethodTable, methodTable } from './arguments.ts';
import { STRING_METHODS } from './string.ts';

/** Which arguments of a method become part of the text, and are escaped first. */
const ESCAPING = new Set(['join', 'replace', 'ljust', 'rjust', 'center', 'strip', 'lstrip', 'rstrip']);

export function escaped(value: Value): Value {
  if (value instanceof Markup) return value.value;
  if (typeof value === 'string') return escapeHtml(value);
  if (Array.isArray(value)) return value.map(escaped);
  return value;
}

export function wrap(value: Value): Value {
  if (typeof value === 'string') return new Markup(value);
  if (value instanceof Tuple) return tuple(value.map(wrap));
  return Array.isArray(value) ? value.map(wrap) : value;
}

/** The methods of str on safe text: what they give is safe text again, and what goes in is escaped. */
export const MARKUP_METHODS: MethodTable = methodTable({
  ...Object.fromEntries(
    Object.entries(STRING_METHODS).map(([name, run]) => [
      name,
      (self, args, kwargs) => {
        const given = ESCAPING.has(name) ? args.map(escaped) : args.map((arg) => (isString(arg) ? str(arg) : arg));
        const named = new Map([...kwargs].map(([key, value]) => [key, ESCAPING.has(name) ? escaped(value) : value]));
        return wrap(run(self.value, given, named));
      },
    ]),
  ),
  unescape: (self) => unescapeHtml(self.value),
  striptags: (self) => stripTags(self.value),
  __html__: (self) => self,
});

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#34': '"',
  '#39': "'",
  nbsp: '\xa0',
};

export function unescapeHtml(text: string): string {
  return text.replace(/&(#x[\da-fA-F]+|#\d+|\w+);/g, (all, name: string) => {
    const known = ENTITIES[name];
    if (known !== undefined) return known;
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    return name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : all;
  });
}

/** The text without tags and comments, its spaces made single. */
export function stripTags(text: string): string {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '');
  return unescapeHtml(bare.split(/\s+/).filter(Boolean).join(' '));
}
