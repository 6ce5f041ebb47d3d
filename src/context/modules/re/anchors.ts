import { categorySet } from './escapes.ts';
import { FLAGS, has } from './flags.ts';

/**
 * JavaScript cannot ask whether a group took part. In a pattern that asks, each group looks ahead and takes this character,
 * which stands behind the text, into a group of its own: from then on that group is not empty.
 */
export const SENTINEL = '\u{10ffff}';
export const MARK = '\\u{10ffff}';

const START = '(?<![\\s\\S])';
/** The end of what is searched, the sentinel included. */
export const END = '(?![\\s\\S])';

/** The end of the text. */
export function endOf(asks: boolean): string {
  return asks ? `(?=${MARK}?${END})` : END;
}

/** What stands behind the text is none of it. */
export function guarded(source: string, asks: boolean): string {
  return asks ? `(?:(?!${MARK})${source})` : source;
}

/** `.`, `^` and `$` */
export function anchor(char: string, flags: number, asks: boolean): string {
  if (char === '.') return guarded(has(flags, FLAGS.DOTALL) ? '[\\s\\S]' : '[^\\n]', asks);
  if (char === '^') return has(flags, FLAGS.MULTILINE) ? '(?<![^\\n])' : START;
  if (!has(flags, FLAGS.MULTILINE)) return `(?=\\n?${endOf(asks)})`;
  return asks ? `(?![^\\n${MARK}])` : '(?![^\\n])';
}

/** `\A`, `\Z`, `\b` and `\B`; undefined for other letters. */
export function boundary(letter: string, flags: number, asks: boolean): string | undefined {
  if (letter === 'A') return START;
  if (letter === 'Z') return endOf(asks);
  if (letter !== 'b' && letter !== 'B') return undefined;
  const word = categorySet('w', flags) as string;
  const [same, other] = [
    `(?<=${word})(?=${word})|(?<!${word})(?!${word})`,
    `(?<=${word})(?!${word})|(?<!${word})(?=${word})`,
  ];
  // In an empty text there is no such place at all.
  return letter === 'b' ? `(?:${other})` : `(?:(?:(?<=[\\s\\S])|(?=[\\s\\S]))(?:${same}))`;
}
