/** Letter case as Python's str has it. */

const LETTER = /\p{L}/u;

/** Python knows the final sigma as JavaScript does; the dotted capital I becomes two characters in both. */
export function lower(text: string): string {
  return text.toLowerCase();
}

/** The first character in title case, the rest in lower case. */
export function capitalize(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return text === '' ? '' : titleChar(first) + lower(text.slice(first.length));
}

function titleChar(char: string): string {
  const upper = char.toUpperCase();
  return upper.length > char.length ? upper[0] + upper.slice(1).toLowerCase() : upper;
}

export function title(text: string): string {
  let inWord = false;
  let result = '';
  for (const char of text) {
    const cased = char.toLowerCase() !== char.toUpperCase();
    result += !cased ? char : inWord ? char.toLowerCase() : titleChar(char);
    inWord = cased;
  }
  return result;
}

export function swapCase(text: string): string {
  let result = '';
  for (const char of text) result += char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
  return result;
}

export function isLower(text: string): boolean {
  return /\p{Ll}/u.test(text) && !/[\p{Lu}\p{Lt}]/u.test(text);
}

export function isUpper(text: string): boolean {
  return /\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text);
}

export function isTitle(text: string): boolean {
  return LETTER.test(text) && title(text) === text && text.toLowerCase() !== text.toUpperCase();
}
