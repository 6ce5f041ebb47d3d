/** Comments, and lines that only sort, group or configure. */
const NO_EXPRESSION = /^\s*(?:--|\{#)|\b(?:order|group|partition)[ _]by\b|\bunique_key\b/i;

/** Of `expression as name`, `name` at a line's end, `name` anywhere: how surely a line is the one. */
const [ANYWHERE, LAST_WORD, ALIAS] = [1, 2, 3];

/**
 * Finds the line of a template, from 1, that gives a column its value; 0 where none does. Its words are read once, whatever the number of
 * columns. The last of the surest lines is taken.
 */
export function linesOf(raw: string): (column: string) => number {
  const lines = raw.split('\n');
  const found = new Map<string, readonly [line: number, sureness: number]>();
  lines.forEach((line, at) => {
    if (NO_EXPRESSION.test(line)) return;
    for (const { 0: word, index } of line.matchAll(/[\p{L}\p{N}_$]+/gu)) {
      const name = word.toLowerCase();
      const sureness = surenessOf(line, index, index + word.length);
      if (sureness >= (found.get(name)?.[1] ?? ANYWHERE)) found.set(name, [at, sureness]);
    }
  });
  return (column) => (found.get(column.toLowerCase())?.[0] ?? lineWith(lines, column)) + 1;
}

function surenessOf(line: string, from: number, to: number): number {
  const before = line[from - 1] ?? '';
  const isQuoted = before === '"' || before === '`';
  const start = isQuoted ? from - 1 : from;
  const end = isQuoted ? to + 1 : to;
  if (
    /\s/.test(line[start - 1] ?? '') &&
    /\bas\s+$/i.test(line.slice(Math.max(0, start - 12), start)) &&
    line[end] !== '('
  )
    return ALIAS;
  const isLast = end >= line.length || /^\s*,?\s*(?:--.*)?$/.test(line.slice(end));
  return isLast && before !== "'" ? LAST_WORD : ANYWHERE;
}

/** A name of other signs than words have. */
function lineWith(lines: readonly string[], column: string): number {
  if (column === '' || /^[\p{L}\p{N}_$]+$/u.test(column)) return -1;
  return lines.findLastIndex((line) => line.includes(column) && !NO_EXPRESSION.test(line));
}
