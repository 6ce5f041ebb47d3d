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

function chunksOf(line: string, onHyphens: boolean): string[] {
  if (!onHyphens) return line.match(/\s+|\S+/g) ?? [];
  const chunks: string[] = [];
  for (const word of line.match(/\s+|\S+/g) ?? []) {
    if (/^\s/.test(word)) chunks.push(word);
    else chunks.push(...(word.match(/[^-]*[\p{L}\p{N}_]-(?=\p{L})|.+?$/gu) ?? [word]));
  }
  return chunks;
}

function wrapLine(line: string, width: number, breakLong: boolean, onHyphens: boolean): string[] {
  const chunks = chunksOf(line, onHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && chunks.at(-1)!.trim() === '') chunks.pop();
    const current: string[] = [];
    let size = 0;
    while (chunks.length > 0 && size + chunks.at(-1)!.length <= width) {
      const chunk = chunks.pop()!;
      size += chunk.length;
      current.push(chunk);
    }
    if (chunks.length > 0 && chunks.at(-1)!.length > width) {
      const long = chunks.pop()!;
      const room = Math.max(1, width - size);
      if (breakLong) {
        current.push(long.slice(0, room));
        chunks.push(long.slice(room));
      } else if (current.length === 0) current.push(long);
      else chunks.push(long);
    }
    if (current.length > 0 && current.at(-1)!.trim() === '') current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}
