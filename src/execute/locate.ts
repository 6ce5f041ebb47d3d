/** A place in the text of a model; both count from 1. */
export interface Spot {
  readonly line: number;
  readonly col: number;
}

/** What ClickHouse names in its messages; the last part of a dotted name is what stands in the model. */
const NAMED = [
  /Unknown (?:expression(?: or \w+)?|table expression|expression) identifier ['`]([^'`]+)['`]/,
  /(?:Unknown function|Function with name|Unknown aggregate function) [`']?([\w.]+)/,
  /Missing columns: '([^']+)'/,
  /Identifier '([^']+)' cannot be resolved/,
  /Unknown table engine (\w+)/,
  /Unknown data type family: (\w+)/,
  /(?:Unknown setting|Setting) ['`]?(\w+)['`]? (?:is neither|for storage)/,
  /Unknown setting ['`](\w+)['`]/,
];

/** The rest of the statement from where it is wrong. */
const FAILED_AT = /failed at position \d+ \(.*?\)(?: \(line \d+, col \d+\))?: (.+)/;

/** Where in a model's own text the server's complaint points: by the name or the piece of text it quotes. */
export function locate(message: string, rawCode: string): Spot | undefined {
  const name = nameIn(message);
  if (name !== undefined) return spotOf(rawCode, wordAt(rawCode, name));
  const rest = FAILED_AT.exec(message)?.[1]?.replace(/\.? Expected one of.*$/, '');
  if (rest === undefined) return undefined;
  // Only the last one ends the statement: others may stand in texts and comments.
  if (rest.startsWith(';')) return spotOf(rawCode, rawCode.lastIndexOf(';'));
  const piece = rest.slice(0, 40).trimEnd();
  return piece.length < 4 ? undefined : spotOf(rawCode, rawCode.indexOf(piece));
}

/** What the server says is wrong, where it names it. */
export function nameIn(message: string): string | undefined {
  for (const pattern of NAMED) {
    const name = pattern.exec(message)?.[1]?.split('.').at(-1);
    if (name !== undefined) return name;
  }
  return undefined;
}

function wordAt(text: string, name: string): number {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.search(new RegExp(`(?<![\\w])${escaped}(?![\\w])`));
}

function spotOf(text: string, index: number): Spot | undefined {
  if (index < 0) return undefined;
  const before = text.slice(0, index);
  return { line: before.split('\n').length, col: index - before.lastIndexOf('\n') };
}
