import { ANSWERS, clock, type Line, MAIN_THREAD } from './line.ts';

const RESET = '\u001b[0m';

/** dbt's line on a terminal or in a pipe: `19:03:00  1 of 10 START …`. */
export function textLine(line: Line, colors: boolean): string {
  if (ANSWERS.has(line.event.name)) return line.msg;
  return `${colors ? RESET : ''}${clock(line.at)}  ${line.msg}`;
}

/** dbt's line in a log file or with `--log-format debug`. */
export function debugLine(line: Line, invocationId: string, colors: boolean): string {
  const stamp = line.at.toISOString().slice(11, 23).padEnd(15, '0');
  const border = '='.repeat(30);
  const head = line.event.name === 'MainReportVersion' ? `\n\n${border} ${stamp} | ${invocationId} ${border}\n` : '';
  return `${head}${colors ? RESET : ''}${stamp} [${line.level.padEnd(5)}] [${(line.event.thread ?? MAIN_THREAD).slice(0, 10)}]: ${line.msg}`;
}
