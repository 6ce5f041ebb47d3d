/** What Python's `\s` and `str.isspace` mean; JavaScript's `\s` differs in a few characters. For use in a character class. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const TRAILING = new RegExp(`[${SPACE}]+$`);
const LEADING = new RegExp(`^[${SPACE}]+`);

export function trimEnd(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last > 0x20 && last < 0x7f ? text : text.replace(TRAILING, '');
}

export function trimStart(text: string): string {
  return text.replace(LEADING, '');
}

export function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
