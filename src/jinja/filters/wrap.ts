import { valueError } from '../errors.ts';
import { splitLines } from '../methods/string-split.ts';

/** The `wordwrap` filter: each line is filled on its own. */
export function wordWrap(
  text: string,
  width: number,
  breakLong: boolean,
  separator: string,
  onHyphens: boolean,
): string {
  return splitLines(text)
    .map((line) => wrapLine(line, width, breakLong, onHyphens).join(separator))
    .join(separator);
}

const SPACES = '[\\t\\n\\x0b\\x0c\\r ]';
const SOLID = '[^\\t\\n\\x0b\\x0c\\r ]';
const LETTER = '[\\p{L}\\p{Nl}\\p{No}]';
const PUNCTUATED = '[\\p{L}\\p{N}_!"\'&.,?]';
const WORD = '[\\p{L}\\p{N}_]';

/** Runs of spaces; dashes between words; words, which may end behind a hyphen between letters. */
const HYPHENATED = new RegExp(
  `${SPACES}+|(?<=${PUNCTUATED})-{2,}(?=${WORD})|${SOLID}+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${PUNCTUATED}-))(?=${LETTER}-?${LETTER})|(?=${SPACES}|$)|(?<=${PUNCTUATED})(?=-{2,}${WORD}))`,
  'gu',
);
const PLAIN = new RegExp(`${SPACES}+|${SOLID}+`, 'g');

function chunksOf(line: string, onHyphens: boolean): string[] {
  return line.match(onHyphens ? HYPHENATED : PLAIN) ?? [];
}

const isBlank = (chunk: string): boolean => chunk.trim() === '';

function wrapLine(line: string, width: number, breakLong: boolean, onHyphens: boolean): string[] {
  if (width <= 0) throw valueError(`invalid width ${width} (must be > 0)`);
  const chunks = chunksOf(line, onHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && isBlank(chunks.at(-1)!)) chunks.pop();
    const current: string[] = [];
    let size = 0;
    while (chunks.length > 0 && size + chunks.at(-1)!.length <= width) {
      const chunk = chunks.pop()!;
      size += chunk.length;
      current.push(chunk);
    }
    if (chunks.length > 0 && chunks.at(-1)!.length > width)
      placeLong(chunks, current, width - size, breakLong, onHyphens);
    if (current.length > 0 && isBlank(current.at(-1)!)) current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

/** A word longer than a line: cut where that is allowed, at its last hyphen if it has one, else on a line of its own. */
function placeLong(chunks: string[], current: string[], room: number, breakLong: boolean, onHyphens: boolean): void {
  const word = chunks.at(-1)!;
  if (!breakLong) {
    if (current.length === 0) current.push(chunks.pop()!);
    return;
  }
  const space = Math.max(room, current.length === 0 ? 1 : 0);
  const hyphen = onHyphens && word.length > space && space > 0 ? word.lastIndexOf('-', space - 1) : -1;
  const end = hyphen > 0 && /[^-]/.test(word.slice(0, hyphen)) ? hyphen + 1 : space;
  current.push(word.slice(0, end));
  chunks[chunks.length - 1] = word.slice(end);
}
