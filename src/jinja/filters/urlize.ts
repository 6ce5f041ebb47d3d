import { JinjaError } from '../errors.ts';
import { iterate } from '../ops/iterate.ts';
import { repr, str } from '../ops/text.ts';
import { truth } from '../ops/truth.ts';
import { escapeHtml, Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';

const HOST = String.raw`(?:https?://|www\.)(?:(?:[\w%-]+\.)+)?(?:[a-z]{2,63}|xn--[\w%]{2,59})`;
const KNOWN = String.raw`(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)`;
const ADDRESS = String.raw`https?://(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\])`;
const LINK = new RegExp(`^(?:${HOST}|${KNOWN}|${ADDRESS})(?::\\d{1,5})?(?:[/?#]\\S*)?$`, 'i');
const MAIL = /^\S+@\w[\w.-]*\.\w+$/;
const SCHEME = /^[\w.+-]{2,}:\/{0,2}$/;
const PAIRS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

interface Settings {
  readonly limit: number | undefined;
  readonly attributes: string;
  readonly schemes: readonly string[];
}

/** The `urlize` filter: addresses become links. */
export function urlize(value: Value, limit: Value, nofollow: Value, target: Value, rel: Value, schemes: Value): string {
  const words = new Set([...str(rel ?? '').split(/\s+/), 'noopener', truth(nofollow ?? false) ? 'nofollow' : '']);
  const relation = [...words].filter(Boolean).sort().join(' ');
  const frame = target === undefined || target === null ? '' : ` target="${escapeHtml(str(target))}"`;
  const extra = schemes === undefined || schemes === null ? [] : [...iterate(schemes)].map(str);
  for (const scheme of extra) {
    if (!SCHEME.test(scheme)) {
      throw new JinjaError('FilterArgumentError', `${repr(scheme)} is not a valid URI scheme prefix.`);
    }
  }
  const settings: Settings = {
    limit: limit === undefined || limit === null ? undefined : Number(limit),
    attributes: ` rel="${escapeHtml(relation)}"${frame}`,
    schemes: extra,
  };
  const text = value instanceof Markup ? value.value : escapeHtml(str(value));
  return text
    .split(/(\s+)/)
    .map((word) => linkWord(word, settings))
    .join('');
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Brackets and punctuation around an address are not part of it, unless they close a bracket inside. */
function linkWord(word: string, settings: Settings): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? '';
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of PAIRS) {
    const opened = count(middle, open);
    if (opened <= count(middle, close)) continue;
    for (let i = Math.min(opened, count(tail, close)); i > 0; i--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, settings) + tail;
}

function link(text: string, { limit, attributes, schemes }: Settings): string {
  const shown = limit !== undefined && text.length > limit ? `${text.slice(0, limit)}...` : text;
  if (LINK.test(text)) {
    const href = /^https?:\/\//.test(text) ? text : `https://${text}`;
    return `<a href="${href}"${attributes}>${shown}</a>`;
  }
  if (text.startsWith('mailto:') && MAIL.test(text.slice(7))) return `<a href="${text}">${text.slice(7)}</a>`;
  if (text.includes('@') && !text.startsWith('www.') && !text.includes(':') && MAIL.test(text)) {
    return `<a href="mailto:${text}">${text}</a>`;
  }
  const known = schemes.some((scheme) => text !== scheme && text.startsWith(scheme));
  return known ? `<a href="${text}"${attributes}>${text}</a>` : text;
}
