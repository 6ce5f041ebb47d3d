/**
 * Templates know lines only: the column, from 1, is that of a name the message quotes, else where the line's first tag begins; 0 where the line
 * has neither.
 */
export function templateColumn(line: string, message: string): number {
  const quoted = [...message.matchAll(/'([^']+)'/g)].map(([, name = '']) => line.search(wordOf(name)));
  return (quoted.find((index) => index >= 0) ?? line.search(/\{[{%]/)) + 1;
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<!\\w)${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`);
}
