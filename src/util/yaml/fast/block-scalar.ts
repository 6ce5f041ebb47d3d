import { type Cursor, lineEnd, unusual } from './cursor.ts';

/** A `|` or `>` scalar at the cursor below a node that is indented by `parent`; the cursor goes to the line after it. */
export function readBlockScalar(cursor: Cursor, parent: number): string {
  const { text } = cursor;
  const end = lineEnd(cursor, cursor.pos);
  const header = /^([|>])([-+]?) *(?:(?<= )#.*)?$/.exec(text.slice(cursor.pos, end));
  if (header === null || parent < 0) unusual();
  cursor.pos = end + 1;
  const lines = contentLines(cursor, parent);
  const value = join(lines, header[1] === '>', header[2] ?? '');
  // A last line that no line break ends gives none to the value either.
  const isCut = cursor.pos > text.length && lines.at(-1) !== '' && header[2] !== '-';
  return isCut ? value.slice(0, -1) : value;
}

/** The lines without their indentation; those that follow the last with content are empty. */
function contentLines(cursor: Cursor, parent: number): string[] {
  const { text } = cursor;
  const lines: string[] = [];
  let indent = -1;
  while (cursor.pos < text.length) {
    const end = lineEnd(cursor, cursor.pos);
    const line = text.slice(cursor.pos, end);
    const start = line.search(/[^ ]/);
    if (start === -1) {
      // Spaces alone before the first content may decide the indentation; that is for the other reader.
      if (indent === -1 && line.length > 0) unusual();
      lines.push(indent === -1 ? '' : line.slice(indent));
    } else {
      if (start <= parent) break;
      if (indent === -1) indent = start;
      if (start < indent) unusual();
      lines.push(line.slice(indent));
    }
    if (end === text.length && start === -1) unusual();
    cursor.pos = end + 1;
  }
  return lines;
}

function join(lines: readonly string[], isFolded: boolean, chomping: string): string {
  let last = lines.length;
  while (last > 0 && lines[last - 1] === '') last--;
  if (last === 0) return chomping === '+' ? '\n'.repeat(lines.length) : '';
  const content = lines.slice(0, last);
  const body = isFolded ? fold(content) : content.join('\n');
  if (chomping === '-') return body;
  return body + '\n'.repeat(chomping === '+' ? lines.length - last + 1 : 1);
}

/** A line break between two lines of text becomes a space; around empty and further indented lines breaks stay. */
function fold(lines: readonly string[]): string {
  let result = '';
  let previous: string | null = null;
  let empty = 0;
  for (const line of lines) {
    if (line === '') {
      empty++;
      continue;
    }
    const isText = (one: string) => !one.startsWith(' ');
    if (previous === null) result += '\n'.repeat(empty);
    else if (isText(previous) && isText(line)) result += empty === 0 ? ' ' : '\n'.repeat(empty);
    else result += '\n'.repeat(empty + 1);
    result += line;
    previous = line;
    empty = 0;
  }
  return result;
}
