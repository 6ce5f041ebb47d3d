/** One coloured piece of a line. `kind` is a class: k keyword, s string, n number, c comment, j template, f function, empty for the rest. */
export interface Token {
  readonly kind: '' | 'k' | 's' | 'n' | 'c' | 'j' | 'f';
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'select from where group by having order limit offset with as join left right inner outer full cross any all asof semi anti on using and or not in is null between like ilike ' +
    'case when then else end distinct union except intersect array prewhere sample final settings format interval over partition rows range unbounded preceding following current row ' +
    'create table view materialized insert into values alter drop if exists engine primary key ttl codec global asc desc nulls first last true false qualify window lateral cast date ' +
    'timestamp fill step interpolate replace columns apply'
  ).split(' '),
);

const PIECE =
  /(\{#[\s\S]*?(?:#\}|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(\{\{[\s\S]*?(?:\}\}|$)|\{%[\s\S]*?(?:%\}|$))|('(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|`[^`]*(?:`|$))|(\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|([A-Za-z_]\w*)(?=(\s*\())?/gi;

/** SQL with templates, in lines of pieces. ClickHouse's words and Jinja's signs. Linear in the text's length. */
export function sqlLines(code: string): Token[][] {
  const lines: Token[][] = [[]];
  const push = (kind: Token['kind'], text: string): void => {
    text.split('\n').forEach((part, at) => {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ kind, text: part });
    });
  };
  let end = 0;
  for (const match of code.matchAll(PIECE)) {
    if (match.index > end) push('', code.slice(end, match.index));
    const [whole, comment, template, quoted, figure, word, call] = match;
    const kind =
      comment !== undefined
        ? 'c'
        : template !== undefined
          ? 'j'
          : quoted !== undefined
            ? 's'
            : figure !== undefined
              ? 'n'
              : KEYWORDS.has((word as string).toLowerCase())
                ? 'k'
                : call !== undefined
                  ? 'f'
                  : '';
    push(kind, whole);
    end = match.index + whole.length;
  }
  push('', code.slice(end));
  return lines;
}
