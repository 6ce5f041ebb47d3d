/** A terminal as simple as our codes need: lines, cursor up, erase below. Gives the screen as a person would see it. */
export function shownOn(written: string): string[] {
  const lines: string[] = [''];
  let row = 0;
  for (const [token] of written.matchAll(/\u001b\[\??(\d*)([A-Za-z])|\n|\r|[^\u001b\n\r]+/g)) {
    const code = /^\u001b\[\??(\d*)([A-Za-z])$/.exec(token);
    if (code?.[2] === 'A') row -= Number(code[1]);
    else if (code?.[2] === 'J') lines.splice(row, lines.length, '');
    else if (token === '\n') {
      row++;
      lines[row] ??= '';
    } else if (code === null && token !== '\r') lines[row] += token;
  }
  return lines;
}
