import { iterate } from '../ops/iterate.ts';
import { str } from '../ops/text.ts';
import { escapeHtml, Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';
import { Tuple, tuple } from '../values/tuple.ts';
import { type MethodTable, methodTable } from './arguments.ts';
import { unescapeHtml } from './entities.ts';
import { STRING_METHODS } from './string.ts';

/** Where a method's argument becomes part of the text it is escaped first: which one that is. */
const ESCAPED: Readonly<Record<string, number>> = { replace: 1, ljust: 1, rjust: 1, center: 1 };

function wrap(value: Value): Value {
  if (typeof value === 'string') return new Markup(value);
  if (value instanceof Tuple) return tuple(value.map(wrap));
  return Array.isArray(value) ? value.map(wrap) : value;
}

/** Any value as safe text: what is safe stays, the rest is escaped. */
export function escapeValue(value: Value): Markup {
  return value instanceof Markup ? value : new Markup(escapeHtml(str(value)));
}

/** Methods of str that safe text does not wrap: what they give is a plain str. */
const PLAIN = new Set(['encode', 'maketrans']);

/** The methods of str on safe text: what they give is safe text again, and what goes in is escaped. */
export const MARKUP_METHODS: MethodTable = methodTable({
  ...Object.fromEntries(
    Object.entries(STRING_METHODS).map(([name, run]) => [
      name,
      (self, args, kwargs) => {
        const given = args.map((arg, i) => {
          if (i === ESCAPED[name]) return escapeValue(arg).value;
          return arg instanceof Markup ? arg.value : arg;
        });
        const found = run(self.value, given, kwargs);
        return PLAIN.has(name) ? found : wrap(found);
      },
    ]),
  ),
  join: (self, args, kwargs) => {
    const given = args.map((items, i) =>
      i === 0 ? Array.from(iterate(items), (item) => escapeValue(item).value) : items,
    );
    return new Markup(STRING_METHODS['join']!(self.value, given, kwargs));
  },
  unescape: (self) => unescapeHtml(self.value),
  striptags: (self) => stripTags(self.value),
  __html__: (self) => self,
});

/** The text without tags and comments, its spaces made single. */
export function stripTags(text: string): string {
  let bare = '';
  let at = 0;
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', at)) {
    const comment = text.startsWith('<!--', open);
    const close = comment ? text.indexOf('-->', open + 4) : text.indexOf('>', open);
    if (close === -1) break;
    bare += text.slice(at, open);
    at = close + (comment ? 3 : 1);
  }
  return unescapeHtml(
    (bare + text.slice(at))
      .split(/[\s\x1c-\x1f\x85]+/)
      .filter(Boolean)
      .join(' '),
  );
}
