import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchName, batchWindows } from '../../src/execute/runners/batches.ts';
import type { ModelNode } from '../../src/model/index.ts';
import { type Period, truncated } from '../../src/util/time-window.ts';

const model = (config: object) =>
  ({
    name: 'm',
    original_file_path: 'models/m.sql',
    config: { materialized: 'incremental', ...config },
  }) as unknown as ModelNode;
const day = model({ batch_size: 'day', begin: '2020-01-01', lookback: 1 });
const at = (text: string) => new Date(`${text}Z`);
const texts = (node: ModelNode, now: string, more: object = {}) =>
  batchWindows(node, { now: at(now), asked: undefined, incremental: false, ...more }).map(({ start, end }) =>
    [start, end].map((edge) => edge.toISOString().slice(0, 13)).join(' '),
  );

describe('the batches of a microbatch model', () => {
  test('a first build begins at begin', () => {
    expect(texts(day, '2020-01-02T13:00')).toEqual(['2020-01-01T00 2020-01-02T00', '2020-01-02T00 2020-01-03T00']);
  });

  test('later builds go back as far as lookback says', () => {
    const incremental = { incremental: true };
    expect(texts(day, '2020-03-05T13:00', incremental)).toEqual([
      '2020-03-04T00 2020-03-05T00',
      '2020-03-05T00 2020-03-06T00',
    ]);
    expect(texts(model({ ...day.config, lookback: 0 }), '2020-03-05T13:00', incremental)).toHaveLength(1);
  });

  test('a moment that is the edge of a batch ends the batch before it', () => {
    expect(texts(day, '2020-01-02T00:00')).toEqual(['2020-01-01T00 2020-01-02T00']);
  });

  test('what was asked for wins', () => {
    const asked = { start: at('2020-05-01T10:00'), end: at('2020-05-02T01:00') };
    expect(texts(day, '2021-01-01T00:00', { asked, incremental: true })).toEqual([
      '2020-05-01T00 2020-05-02T00',
      '2020-05-02T00 2020-05-03T00',
    ]);
  });

  test('a model that says too little is refused', () => {
    expect(() => texts(model({ batch_size: 'week' }), '2020-01-01T00:00')).toThrow("does not have a 'batch_size'");
    expect(() => texts(model({ batch_size: 'day' }), '2020-01-01T00:00')).toThrow("requires a 'begin'");
    expect(() => texts(model({ batch_size: 'day', begin: 'soon' }), '2020-01-01T00:00')).toThrow('is no date');
  });

  test('join without gap or overlap, each one period long, up to the end of the period of now', () => {
    const periods = fc.constantFrom<Period>('hour', 'day', 'month', 'year');
    const moments = fc.date({ min: at('2019-01-01T00:00'), max: at('2021-12-31T00:00'), noInvalidDate: true });
    fc.assert(
      fc.property(periods, moments, fc.integer({ min: 0, max: 40 }), (period, now, lookback) => {
        const windows = batchWindows(model({ batch_size: period, lookback }), {
          now,
          asked: undefined,
          incremental: true,
        });
        expect(windows).toHaveLength(lookback + 1);
        for (const [index, { start, end }] of windows.entries()) {
          expect(truncated(start, period)).toEqual(start);
          expect(truncated(new Date(end.getTime() - 1), period)).toEqual(start);
          if (index > 0) expect(windows[index - 1]?.end).toEqual(start);
        }
        const { end } = windows.at(-1)!;
        expect(now <= end).toBe(true);
        expect(truncated(new Date(end.getTime() - 1), period) <= now).toBe(true);
      }),
    );
  });

  test('are named as long as they are long', () => {
    const names = (['year', 'month', 'day', 'hour'] as const).map((period) =>
      batchName(at('2024-09-17T16:00'), period),
    );
    expect(names).toEqual(['2024', '2024-09', '2024-09-17', '2024-09-17T16']);
  });
});
