import { Chalk } from 'chalk';

const COLOR_OFF = '\u001b[39m';
const RESET = '\u001b[0m';

/** How words are dressed: colours where asked for, dbt's padded lines. */
export interface Style {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  /** `1 of 9 START … ... [RUN]`, padded with dots to the printer's width. */
  line(o: FancyLine): string;
  readonly colors: boolean;
  /** Characters of a line, before the status of a node. */
  readonly width: number;
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
  const chalk = new Chalk({ level: colors ? 1 : 0 });
  // dbt ends a colour by resetting everything, and its JSON lines carry that.
  const asDbt = (paint: (text: string) => string) => (text: string) => paint(text).replaceAll(COLOR_OFF, RESET);
  return {
    red: asDbt(chalk.red),
    green: asDbt(chalk.green),
    yellow: asDbt(chalk.yellow),
    colors,
    width: printerWidth,
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
