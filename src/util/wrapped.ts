/** The words of one line in lines of at most `width` characters; a longer word has a line of its own. */
export function wrapped(line: string, width: number): string {
  const lines: string[] = [];
  for (const word of line.split(/\s+/).filter((one) => one !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
