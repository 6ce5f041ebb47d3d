import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { progressOf } from '../../src/cli/progress.ts';
import type { Event } from '../../src/model/index.ts';
import { createReporter, type ReportOptions } from '../../src/report/index.ts';

const problem = {
  severity: 'error' as const,
  status: 'fail',
  resourceType: 'test',
  name: 'unique_a',
  message: 'Got 3 results,\nconfigured to fail if != 0',
  file: 'models/a.yml',
  line: 7,
  col: 0,
};
const node_info = { unique_id: 'test.p.unique_a', node_name: 'unique_a', node_status: 'fail' };
const RUN: readonly Event[] = [
  { name: 'MainReportVersion', data: { version: '=1.12.6', log_version: 3 } },
  { name: 'PrintEvent', data: { msg: 'printed' } },
  {
    name: 'LogTestResult',
    level: 'error',
    problem,
    data: { name: 'unique_a', status: 'fail', num_failures: 3, index: 1, num_models: 1, execution_time: 1, node_info },
  },
  { name: 'NodeFinished', data: { node_info, run_result: { execution_time: 1.5 } } },
  { name: 'FinishedRunningStats', data: { stat_line: '1 data test', execution: '', execution_time: 2.2 } },
  { name: 'RunResultFailure', data: { resource_type: 'test', node_name: 'unique_a', path: 'models/a.yml' } },
  { name: 'StatsLine', data: { stats: { pass: 0, warn: 0, error: 1, skip: 0, noop: 0, reused: 0, total: 1 } } },
];

function heard(options: Partial<ReportOptions>): string {
  let written = '';
  const write = (text: string): void => {
    written += text;
  };
  const usual = { format: 'default', level: 'info', colors: false, printerWidth: 80, invocationId: 'id' } as const;
  const reporter = createReporter({ ...usual, write, ...options });
  reporter.opened('/repo/project', { path: '/dev/null', format: 'text', level: 'none', maxBytes: 0 }, {});
  for (const event of RUN) reporter.emit(event);
  reporter.close();
  return written;
}

describe('minimal', () => {
  it('says failures with their place, what was printed, and totals; nothing else', () => {
    expect(heard({ progress: 'minimal' })).toBe(
      'printed\n' +
        'FAIL test unique_a models/a.yml:7 Got 3 results, | configured to fail if != 0\n' +
        'PASS=0 WARN=0 ERROR=1 SKIP=0 TOTAL=1 in 2s\n',
    );
  });
});

describe('GitHub Actions', () => {
  it('gets an annotation at the file as the repository knows it, and a summary of the job', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsdbt-github-'));
    const summary = join(folder, 'summary.md');
    const lines = heard({ github: { workspace: '/repo', summary } }).split('\n');
    expect(lines).toContain(
      '::error file=project/models/a.yml,line=7,title=unique_a::Got 3 results,%0Aconfigured to fail if != 0',
    );
    const text = readFileSync(summary, 'utf8');
    expect(text).toContain('| 0 | 0 | 1 | 0 | 1 |');
    expect(text).toContain('| unique_a | models/a.yml:7 | Got 3 results,<br>configured to fail if != 0 |');
    expect(text).toContain('| unique_a | 1.50 |');
    rmSync(folder, { recursive: true });
  });

  it('tells no secret, neither in its lines nor on the page of the job', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsdbt-github-'));
    const summary = join(folder, 'summary.md');
    const env = { DBT_ENV_SECRET_WORD: 'configured' };
    const lines = heard({ github: { workspace: '/repo', summary }, env });
    expect(lines + readFileSync(summary, 'utf8')).not.toContain('configured');
    rmSync(folder, { recursive: true });
  });

  it('gets none among JSON lines', () => {
    const lines = heard({ format: 'json', github: { workspace: '/repo', summary: undefined } })
      .trim()
      .split('\n');
    expect(() => lines.map((line) => JSON.parse(line))).not.toThrow();
  });
});

describe('a run that is silent for long', () => {
  it('is named on stderr with what it does, and only there', () => {
    vi.useFakeTimers({ now: 0 });
    let aside = '';
    let out = '';
    const reporter = createReporter({
      format: 'text',
      level: 'info',
      colors: false,
      printerWidth: 80,
      invocationId: 'id',
      progress: 'plain',
      write: (text) => {
        out += text;
      },
      writeAside: (text) => {
        aside += text;
      },
    });
    reporter.emit({ name: 'NodeStart', data: { node_info: { unique_id: 'model.p.m', node_name: 'm' } } });
    vi.advanceTimersByTime(95_000);
    expect(aside.split('\n')).toEqual(['still running: m 0:30', 'still running: m 1:00', 'still running: m 1:30', '']);
    expect(out).toBe('');
    reporter.close();
    vi.useRealTimers();
  });
});

describe('how progress is shown', () => {
  it.each([
    [undefined, {}, true, true, 'live'],
    [undefined, {}, false, true, 'none'],
    [undefined, { TERM: 'dumb' }, true, true, 'none'],
    [undefined, { CI: 'true' }, true, true, 'none'],
    [undefined, { GITHUB_ACTIONS: 'true', CI: 'true' }, false, true, 'plain'],
    [undefined, { CLAUDECODE: '1' }, false, true, 'minimal'],
    [undefined, { CLAUDECODE: '1' }, false, false, 'none'],
    [undefined, { TSDBT_PROGRESS: 'minimal' }, true, true, 'minimal'],
    ['plain', { TSDBT_PROGRESS: 'minimal' }, true, true, 'plain'],
  ] as const)('given %s, %o, terminal %s, text %s: %s', (given, env, isTerminal, isText, wanted) => {
    expect(progressOf(given, env, isTerminal, isText)).toBe(wanted);
  });

  it('refuses a word it does not know', () => {
    expect(() => progressOf(undefined, { TSDBT_PROGRESS: 'loud' }, true, true)).toThrow(/loud/);
  });
});
