/** How words are dressed: colours where asked for, dbt's padded lines. */
export interface Style {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  /** `1 of 9 START … ... [RUN]`, padded with dots to the printer's width. */
  line(o: FancyLine): string;
  readonly colors: boolean;
}

export interface FancyLine {
  readonly msg: string;
  readonly status: string;
  readonly index?: number | null;
  readonly total?: number | null;
  /** Seconds. */
  readonly executionTime?: number;
  readonly truncate?: boolean;
}

export function createStyle(colors: boolean, printerWidth: number): Style {
  const paint = (code: number) => (text: string) => (colors ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    red: paint(31),
    green: paint(32),
    yellow: paint(33),
    colors,
    line: (o) => fancyLine(o, printerWidth),
  };
}

function fancyLine(o: FancyLine, width: number): string {
  const progress = o.index == null || o.total == null ? '' : `${o.index} of ${o.total} `;
  let justified = `${progress}${o.msg} `.padEnd(width, '.');
  if (o.truncate === true && justified.length > width - 3) justified = `${justified.slice(0, width - 3)}...`;
  const time = o.executionTime === undefined ? '' : ` in ${o.executionTime.toFixed(2)}s`;
  return `${justified} [${o.status}${time}]`;
}
