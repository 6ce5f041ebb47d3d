// Python's idea of white space: str.strip() and str.split() decide what a file's text and checksum are.
const SPACE = '\\t\\n\\v\\f\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const TRAILING = new RegExp(`[${SPACE}]+$`);
const RUN = new RegExp(`[${SPACE}]+`, 'g');

/** As Python's `str.strip()`. */
export function stripped(text: string): string {
  return text.replace(LEADING, '').replace(TRAILING, '');
}

/** How many characters `stripped` removes in front. */
export function leadingSpace(text: string): number {
  return LEADING.exec(text)?.[0].length ?? 0;
}

/** Runs of white space become one blank: what dbt hashes, so that formatting alone is no change. */
export function squeezed(text: string): string {
  return stripped(text).replace(RUN, ' ');
}
