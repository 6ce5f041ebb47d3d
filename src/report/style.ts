import { Chalk } from 'chalk';

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
  const chalk = new Chalk({ level: colors ? 1 : 0 });
  return {
    red: chalk.red,
    green: chalk.green,
    yellow: chalk.yellow,
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

/** `1 model`, `2 models`, `3 analyses`, `2 queries`: names as dbt prints them, underscores become blanks. */
export function plural(count: number, word: string): string {
  const name = word.replaceAll('_', ' ');
  if (count === 1) return `1 ${name}`;
  if (name === 'analysis') return `${count} analyses`;
  return `${count} ${name.endsWith('query') ? `${name.slice(0, -1)}ie` : name}s`;
}
