/** Comments, and lines that only sort, group or configure. */
const NO_EXPRESSION = /^\s*(?:--|\{#)|\b(?:order|group|partition)[ _]by\b|\bunique_key\b/i;

/** Longer expressions are cut. */
export const LONGEST = 200;

/** The line of a template, from 1, that gives a column its value, and what it says; `[0, '']` where none does. */
export type Expression = readonly [line: number, text: string];

/** Of `expression as name`, `name` at a line's end, `name` anywhere: how surely a line is the one. */
const [ANYWHERE, LAST_WORD, ALIAS] = [1, 2, 3];

/** Finds the expressions of a template's columns: its words are read once, whatever the number of columns. The last of the surest lines is taken. */
export function expressionsOf(raw: string): (column: string) => Expression {
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
  return (column) => {
    const at = found.get(column.toLowerCase())?.[0] ?? lineWith(lines, column);
    return at < 0 ? [0, ''] : [at + 1, (lines[at] as string).trim().replace(/,$/, '').slice(0, LONGEST)];
  };
}

function surenessOf(line: string, from: number, to: number): number {
  const before = line[from - 1] ?? '';
  const isQuoted = before === '"' || before === '`';
  const start = isQuoted ? from - 1 : from;
  const end = isQuoted ? to + 1 : to;
  if (/\bas\s+$/i.test(line.slice(Math.max(0, start - 12), start)) && line[end] !== '(') return ALIAS;
  return before !== "'" && /^\s*,?\s*(?:--.*)?$/.test(line.slice(end)) ? LAST_WORD : ANYWHERE;
}

/** A name of other signs than words have. */
function lineWith(lines: readonly string[], column: string): number {
  if (column === '' || /^[\p{L}\p{N}_$]+$/u.test(column)) return -1;
  return lines.findLastIndex((line) => line.includes(column) && !NO_EXPRESSION.test(line));
}
