import { typeError, valueError } from '../errors.ts';
import { iterable, unpack } from '../ops/iterate.ts';
import { repr, str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { isString, typeName } from '../ops/types.ts';
import { call, NO_KWARGS } from '../runtime/call.ts';
import { Dict } from '../values/dict.ts';
import { escapeHtml, Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import { noAttribute } from './attributes.ts';
import { prettyPrint } from './pretty.ts';
import { type FilterEntry, filter } from './table.ts';
import { requireText } from './text.ts';
import { urlize } from './urlize.ts';
import { wordWrap } from './wrap.ts';

/** Percent-encoding of UTF-8, leaving letters, digits, `_.-~` and what is `safe`. */
function quoteUrl(value: Value, inQuery: boolean): string {
  const safe = inQuery ? '' : '/';
  const encoded = encodeURIComponent(str(value)).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const text = safe === '' ? encoded : encoded.replaceAll('%2F', '/');
  return inQuery ? text.replaceAll('%20', '+') : text;
}

function urlEncode(value: Value): string {
  const items = isString(value) ? undefined : iterable(value);
  if (items === undefined) return quoteUrl(value, false);
  const pairs = value instanceof Dict ? value.entries() : [...items].map((pair) => unpack(pair, 2));
  return [...pairs].map(([key, item]) => `${quoteUrl(key, true)}=${quoteUrl(item, true)}`).join('&');
}

function xmlAttributes(value: Value, autospace: Value): string {
  if (value instanceof Undefined) return str(call(value.attribute('items'), [], NO_KWARGS));
  if (!(value instanceof Dict)) throw noAttribute(value, 'items');
  const parts: string[] = [];
  for (const [key, item] of value.entries()) {
    if (item === null || item instanceof Undefined) continue;
    if (!isString(key)) throw typeError(`expected string or bytes-like object, got '${typeName(key)}'`);
    if (/[\s/>=]/.test(str(key))) throw valueError(`Invalid character in attribute name: ${repr(key)}`);
    parts.push(`${escapeHtml(str(key))}="${item instanceof Markup ? item.value : escapeHtml(str(item))}"`);
  }
  return parts.length > 0 && truth(autospace) ? ` ${parts.join(' ')}` : parts.join(' ');
}

export const WEB_FILTERS: Readonly<Record<string, FilterEntry>> = {
  urlize: filter(
    'do_urlize',
    'trim_url_limit= nofollow= target= rel= extra_schemes=',
    (context, value, limit, nofollow, target, rel, schemes) => {
      const text = urlize(value, limit, nofollow, target, rel, schemes);
      return context.autoescape ? new Markup(text) : text;
    },
  ),
  urlencode: filter('do_urlencode', '', (_context, value) => urlEncode(value)),
  xmlattr: filter('do_xmlattr', 'autospace=', (context, value, autospace = true) => {
    const text = xmlAttributes(value, autospace);
    return context.autoescape ? new Markup(text) : text;
  }),
  pprint: filter('do_pprint', '', (_context, value) => prettyPrint(value)),
  wordwrap: filter(
    'do_wordwrap',
    'width= break_long_words= wrapstring= break_on_hyphens=',
    (_context, value, width = 79, breakLong = true, wrapString = null, onHyphens = true) =>
      wordWrap(
        requireText(value, 'splitlines'),
        Number(width),
        truth(breakLong),
        wrapString === null ? '\n' : str(wrapString),
        truth(onHyphens),
      ),
  ),
};
