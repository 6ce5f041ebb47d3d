import { plural } from '../../util/plural.ts';
import type { Style } from '../style.ts';
import { type EventData, errorTag, num, text, type Words, warningTag } from './word.ts';

export const summaryEvents: Words = {
  ConcurrencyLine: {
    code: 'Q027',
    level: 'info',
    say: (d) => `Concurrency: ${num(d, 'num_threads')} threads (target='${text(d, 'target_name')}')`,
  },
  HooksRunning: {
    code: 'E046',
    level: 'info',
    say: (d) => `Running ${plural(num(d, 'num_hooks'), `${text(d, 'hook_type')} hook`)}`,
  },
  FinishedRunningStats: { code: 'E047', level: 'info', say: sayFinished },
  EndOfRunSummary: { code: 'Z030', level: 'info', say: sayEnd },
  StatsLine: { code: 'Z023', level: 'info', say: sayStats },
  EndRunResult: { code: 'Q037', level: 'debug', say: () => 'Command end result' },
  RunResultFailure: { code: 'Z022', level: 'error', say: (d, s) => errorTag(s, inNode(d)) },
  RunResultWarning: { code: 'Z021', level: 'warn', say: (d, s) => warningTag(s, inNode(d)) },
  RunResultError: { code: 'Z024', level: 'error', say: (d) => `  ${text(d, 'msg')}` },
  RunResultWarningMessage: { code: 'Z046', level: 'warn', say: (d, s) => warningTag(s, text(d, 'msg')) },
  RunResultErrorNoMessage: { code: 'Z025', level: 'error', say: (d) => `  Status: ${text(d, 'status')}` },
  SQLCompiledPath: { code: 'Z026', level: 'info', say: (d) => `  compiled code at ${text(d, 'path')}` },
  CheckNodeTestFailure: { code: 'Z027', level: 'info', say: sayFailures },
  GenericExceptionOnRun: { code: 'W004', level: 'error', say: (d) => text(d, 'exc') },
  RunningOperationCaughtError: {
    code: 'Q001',
    level: 'error',
    say: (d, s) => errorTag(s, `Encountered an error while running operation: ${text(d, 'exc')}`),
  },
};

const inNode = (d: EventData): string => `in ${text(d, 'resource_type')} ${text(d, 'node_name')} (${text(d, 'path')})`;

function sayFinished(data: EventData): string {
  const seconds = num(data, 'execution_time');
  return `Finished running ${text(data, 'stat_line')}${text(data, 'execution')} (${seconds.toFixed(2)}s).`;
}

function sayEnd(data: EventData, style: Style): string {
  const errors = num(data, 'num_errors');
  const warnings = num(data, 'num_warnings');
  const partial = num(data, 'num_partial_success');
  const partialText = `${partial} partial ${partial === 1 ? 'success' : 'successes'}`;
  if (data['keyboard_interrupt'] === true) return style.yellow('Exited because of keyboard interrupt');
  if (errors > 0) {
    return style.red(`Completed with ${plural(errors, 'error')}, ${partialText}, and ${plural(warnings, 'warning')}:`);
  }
  if (partial > 0) return style.yellow(`Completed with ${partialText} and ${plural(warnings, 'warning')}`);
  if (warnings > 0) return style.yellow(`Completed with ${plural(warnings, 'warning')}:`);
  return style.green('Completed successfully');
}

function sayStats(data: EventData): string {
  const stats = data['stats'] as Readonly<Record<string, number>>;
  const count = (key: string): number => stats[key] ?? 0;
  return (
    `Done. PASS=${count('pass')} WARN=${count('warn')} ERROR=${count('error')} SKIP=${count('skip')} ` +
    `NO-OP=${count('noop')} REUSED=${count('reused')} TOTAL=${count('total')}`
  );
}

function sayFailures(data: EventData): string {
  const query = `select * from ${text(data, 'relation_name')}`;
  const border = '-'.repeat(query.length);
  return `  See test failures:\n  ${border}\n  ${query}\n  ${border}`;
}
