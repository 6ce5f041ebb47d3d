import { describe, expect, it } from 'vitest';
import { criticalLine } from '../../src/report/live/critical-line.ts';
import { createHeading } from '../../src/report/live/heading.ts';
import { waitingIn, waitingText } from '../../src/report/live/waiting.ts';

const parents = new Map([
  ['a', []],
  ['b', ['a']],
  ['c', ['b']],
  ['d', ['a']],
  ['e', []],
  ['f', []],
]);
const children = new Map([
  ['a', ['b', 'd']],
  ['b', ['c']],
]);
const node = (name: string, since: number) => ({ name, kind: 'table', since });

describe('what waits', () => {
  it('is counted with the node it waits for, else with the threads', () => {
    const running = new Map([
      ['a', node('a', 1)],
      ['e', node('e', 0)],
    ]);
    const waiting = waitingIn({ parents, children, running, done: new Set() });
    expect(waiting).toEqual({ on: [['a', 3]], free: 1 });
    expect(waitingText(waiting)).toBe('waiting: 3 on a, 1 on a thread');
  });

  it('is nothing where all is done or runs', () => {
    const waiting = waitingIn({ parents, children, running: new Map([['f', node('f', 0)]]), done: new Set('abcde') });
    expect(waitingText(waiting)).toBeUndefined();
  });

  it('of many nodes that keep others, two are named', () => {
    const on = [5, 4, 3, 2].map((count) => [`n${count}`, count] as const);
    expect(waitingText({ on, free: 0 })).toBe('waiting: 5 on n5, 4 on n4, 5 on others');
  });
});

describe('the critical path', () => {
  const path = {
    names: ['stg_events', 'fct_sessions', 'mart_funnel'],
    ms: 118_000,
    threads: 16,
    withThreads: undefined,
  };

  it('is told with what more threads would make of the run, where that is less', () => {
    expect(criticalLine(path)).toBe('critical path 1:58: stg_events > fct_sessions > mart_funnel');
    expect(criticalLine({ ...path, withThreads: 122_000 })).toMatch(/mart_funnel; with 16 threads about 2:02$/);
    expect(criticalLine({ ...path, names: [...'abcdefg'] })).toBe('critical path 1:58: a > b > .. > f > g');
  });

  it('is not told of a run that was over at once, or in which nothing waited', () => {
    expect(criticalLine({ ...path, ms: 900 })).toBeUndefined();
    expect(criticalLine({ ...path, names: ['a'] })).toBeUndefined();
  });
});

describe('the heading', () => {
  const at = new Date(0);
  const event = (name: string, data = {}) => ({ name, data });

  it("stands in the place of dbt's first lines where nodes are run", () => {
    const heading = createHeading();
    heading.parsed(0.412, 9);
    heading.connected('clickhouse 26.3 localhost:8123');
    expect(heading.after(event('MainReportVersion'), at)).toEqual([]);
    expect(heading.after(event('FoundStats', { stat_line: '2 models, 1 seed, 600 macros' }), at)).toEqual([]);
    expect(heading.after(event('Formatting', { msg: '' }), at)).toEqual([]);
    const lines = heading.after(event('ConcurrencyLine', { num_threads: 8, target_name: 'dev' }), at);
    expect(lines).toEqual([
      expect.stringMatching(
        /^tsdbt \S+ \(dbt 1\.12\.6\) {2}target dev {2}clickhouse 26\.3 localhost:8123 {2}8 threads$/,
      ),
      'Parsed 2 models, 1 seed in 0.41s (9 files changed)',
    ]);
    expect(heading.after(event('Formatting', { msg: '' }), at)).toEqual([]);
    expect(heading.after(event('LogModelResult'), at)).toHaveLength(1);
  });

  it('leaves those lines to be said where something else is said first', () => {
    const heading = createHeading();
    heading.after(event('MainReportVersion'), at);
    const said = heading.after(event('MainEncounteredError'), at);
    expect(said.map((one) => (typeof one === 'string' ? one : one[0].name))).toEqual([
      'MainReportVersion',
      'MainEncounteredError',
    ]);
    heading.after(event('MainReportVersion'), at);
    expect(heading.rest()).toHaveLength(1);
  });
});
