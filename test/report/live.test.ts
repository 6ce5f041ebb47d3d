import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/model/index.ts';
import { createReporter, type Reporter } from '../../src/report/index.ts';
import { shownOn } from './terminal.ts';

const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

let written = '';
let frame = { columns: 80, rows: 30, unicode: false };

function live(): Reporter {
  return createReporter({
    format: 'default',
    level: 'info',
    colors: false,
    printerWidth: 80,
    invocationId: 'id',
    progress: 'live',
    frame: () => frame,
    write: (text) => {
      written += text;
    },
  });
}

const info = (name: string, status = 'started') => ({
  unique_id: `model.p.${name}`,
  node_name: name,
  materialized: 'table',
  resource_type: 'model',
  node_status: status,
});
const started = (name: string, index: number, total: number): Event => ({
  name: 'LogStartLine',
  data: { description: `sql table model ${name}`, index, total, node_info: info(name) },
});
const finished = (name: string): Event => ({ name: 'NodeFinished', data: { node_info: info(name, 'success') } });

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  written = '';
  frame = { columns: 80, rows: 30, unicode: false };
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the live region', () => {
  it('shows how far the server is, what is slower than usual, and how long the rest will take', () => {
    frame = { columns: 110, rows: 30, unicode: false };
    const reporter = live();
    reporter.emit({ name: 'ConcurrencyLine', data: { num_threads: 2, target_name: 'dev', node_count: 4 } });
    reporter.opened('/p', { path: '/dev/null', format: 'text', level: 'none', maxBytes: 0 }, {});
    const usual = { slow: 9800, quick: 60_000, later: 30_000, last: 90_000 };
    const asked: string[] = [];
    reporter.watcher()!.expect({
      parents: new Map(),
      usual: new Map(Object.entries(usual).map(([name, ms]) => [`model.p.${name}`, ms])),
      timeLeft(running, isDone) {
        asked.push([...running].map(([id, ms]) => `${id} ${ms} ${isDone(id)}`).join());
        return 90_000;
      },
    });
    reporter.emit(started('slow', 1, 4));
    vi.advanceTimersByTime(21_000);
    reporter.emit(started('quick', 2, 4));
    const progress = { unique_id: 'model.p.slow', rows: 412_345_678, totalRows: 1_100_000_000, memory: 2.1 * 2 ** 30 };
    reporter
      .watcher()!
      .progress([progress, { ...progress, unique_id: 'model.p.quick', rows: 9_200_000, totalRows: 0, memory: 0 }]);
    vi.advanceTimersByTime(200);
    const [, bar, slow, quick] = shownOn(written).slice(-5);
    expect(bar).toMatch(/0\/4 .* ~1:29 left$/);
    // Worked out once a second, not at each of ten drawings.
    expect(asked).toHaveLength(21);
    expect(asked.at(-1)).toBe('model.p.slow 21000 false');
    expect(slow).toMatch(/^ +21\.\ds {2}slow +table {3}412 M of 1\.1 G rows {2}37 % {2}2\.1 GiB {3}! usual 9\.8s$/);
    expect(quick).toMatch(/quick +table {3}9\.2 M rows$/);
    reporter.close();
  });

  it('shows what runs, longest first, and leaves nothing of itself but finished lines', () => {
    const reporter = live();
    reporter.emit(started('slow', 1, 3));
    vi.advanceTimersByTime(2000);
    reporter.emit(started('quick', 2, 3));
    vi.advanceTimersByTime(1000);
    const during = shownOn(written);
    expect(during[1]).toMatch(/^ {2}\.{34} {2}0\/3 {3}0 ok {2}0 warn {2}0 error {3}0:03$/);
    expect(during.slice(2, 4).map((line) => line.trim().split(/\s+/))).toEqual([
      ['3.0s', 'slow', 'table'],
      ['1.0s', 'quick', 'table'],
    ]);
    const data = { description: 'sql table model quick', status: 'OK', index: 2, total: 3, execution_time: 1 };
    reporter.emit({ name: 'LogModelResult', data: { ...data, node_info: info('quick', 'success') } });
    reporter.emit(finished('quick'));
    vi.advanceTimersByTime(100);
    expect(shownOn(written)[0]).toContain('2 of 3 OK created sql table model quick');
    expect(shownOn(written)[2]).toContain('1/3   1 ok');
    reporter.close();
    expect(shownOn(written).slice(1)).toEqual(['']);
    expect(written.indexOf(SHOW)).toBeGreaterThan(written.indexOf(HIDE));
  });

  it('says how far a sync has come, how fast, and how long it will take', () => {
    const reporter = live();
    const phase = (data: object): void =>
      reporter.emit({ name: 'SyncPhase', level: 'debug', data: { sync: 'board', phase: 'copy', ...data } });
    phase({ status: 'start', seconds: 0 });
    vi.advanceTimersByTime(1200);
    expect(shownOn(written).join('\n')).toContain('sync board: copy');
    phase({ status: 'progress', seconds: 10, bytes: 50_000_000, rows: 25_000, total: 100_000 });
    vi.advanceTimersByTime(100);
    expect(shownOn(written).join('\n')).toContain('sync board: copy 25 % of 100000 rows, 5.0 MB/s, 30s left');
    reporter.close();
  });

  it('draws ten times a second at most, and not at all while nothing changes', () => {
    const reporter = live();
    reporter.emit(started('slow', 1, 1));
    vi.advanceTimersByTime(10_000);
    const drawn = written.split('\u001b[?2026h').length - 1;
    expect(drawn).toBeGreaterThan(50);
    expect(drawn).toBeLessThanOrEqual(101);
    reporter.close();
    const before = written;
    vi.advanceTimersByTime(10_000);
    expect(written).toBe(before);
  });

  it('stays within ten lines, a third of the screen and its width', () => {
    frame = { columns: 40, rows: 18, unicode: true };
    const reporter = live();
    for (let i = 1; i <= 20; i++)
      reporter.emit(started(`a_model_with_a_name_longer_than_the_screen_is_wide_${i}`, i, 20));
    vi.advanceTimersByTime(1000);
    const region = shownOn(written).slice(0, -1);
    expect(region).toHaveLength(6);
    expect(region.at(-1)).toBe('    + 17 more');
    for (const line of region) expect(line.length).toBeLessThan(40);
    expect(region[2]).toMatch(/a_model.*\.\..*_1 {2}table$/);
    reporter.close();
  });

  it('names what is done before the first node once it takes longer than a second', () => {
    const reporter = live();
    reporter.emit({ name: 'AdapterRegistered', level: 'debug', data: {} });
    vi.advanceTimersByTime(900);
    expect(shownOn(written)).toEqual(['']);
    vi.advanceTimersByTime(600);
    expect(shownOn(written)[1]).toBe('  parsing 1.5s');
    reporter.close();
  });

  it('tells a failure as a frame instead of the lines that say the same', () => {
    const reporter = live();
    reporter.opened(
      new URL('.', import.meta.url).pathname,
      {
        path: '/dev/null',
        format: 'text',
        level: 'none',
        maxBytes: 0,
      },
      {},
    );
    const problem = {
      severity: 'error' as const,
      status: 'error',
      resourceType: 'model',
      name: 'm',
      code: 'TSD3001',
      message: 'unknown column `x`',
      file: 'terminal.ts',
      line: 2,
      col: 8,
    };
    const data = { description: 'm', status: 'error', index: 1, total: 1, execution_time: 1, node_info: info('m') };
    reporter.emit({ name: 'LogModelResult', level: 'error', problem, data });
    const failure = { resource_type: 'model', node_name: 'm', path: 'm.sql', node_info: info('m') };
    reporter.emit({ name: 'RunResultFailure', data: failure });
    reporter.emit({ name: 'RunResultError', data: { msg: 'unknown column `x`', node_info: info('m') } });
    reporter.close();
    expect(shownOn(written).slice(1, 7)).toEqual([
      'error[TSD3001] model m: unknown column `x`',
      '  at terminal.ts:2:8',
      expect.stringMatching(/^ {2}1 \| \/\*\* A terminal/),
      '  2 | export function shownOn(written: string): string[] {',
      '    |        ^',
      "  3 |   const lines: string[] = [''];",
    ]);
  });
});
