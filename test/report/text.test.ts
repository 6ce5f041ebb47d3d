import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/index.ts';
import { createReporter, type ReportOptions } from '../../src/report/index.ts';

function lines(events: readonly Event[], options: Partial<ReportOptions> = {}): string[] {
  const written: string[] = [];
  const reporter = createReporter({
    format: 'default',
    level: 'info',
    colors: false,
    printerWidth: 80,
    invocationId: 'id-1',
    write: (text) => written.push(text.trimEnd()),
    ...options,
  });
  for (const event of events) reporter.emit(event);
  return written.map((line) => line.replace(/^\d\d:\d\d:\d\d/, 'HH:MM:SS'));
}

const info = { unique_id: 'model.shop.x' };

describe('the text reporter', () => {
  it("prints dbt's lines, padded to the printer's width", () => {
    const shown = lines([
      { name: 'LogStartLine', data: { description: 'sql view model shop.x', index: 1, total: 2, node_info: info } },
      {
        name: 'LogModelResult',
        data: { description: 'sql view model shop.x', status: 'OK', index: 1, total: 2, execution_time: 0.051 },
      },
      {
        name: 'LogTestResult',
        level: 'error',
        data: { name: 't', status: 'fail', num_failures: 3, index: 2, num_models: 2, execution_time: 1 },
      },
    ]);
    expect(shown).toEqual([
      'HH:MM:SS  1 of 2 START sql view model shop.x ............................................. [RUN]',
      'HH:MM:SS  1 of 2 OK created sql view model shop.x ........................................ [OK in 0.05s]',
      'HH:MM:SS  2 of 2 FAIL 3 t ................................................................ [FAIL 3 in 1.00s]',
    ]);
  });

  it('ends with the counts that clients read', () => {
    const stats = { pass: 9, warn: 1, error: 0, skip: 0, noop: 1, reused: 0, total: 11 };
    expect(lines([{ name: 'StatsLine', data: { stats } }])).toEqual([
      'HH:MM:SS  Done. PASS=9 WARN=1 ERROR=0 SKIP=0 NO-OP=1 REUSED=0 TOTAL=11',
    ]);
  });

  it('shows what templates print even with --quiet, and nothing below the level', () => {
    const events: Event[] = [
      { name: 'PrintEvent', data: { msg: 'shown' } },
      { name: 'JinjaLogInfo', data: { msg: 'hidden' } },
    ];
    expect(lines(events, { level: 'error' })).toEqual(['shown']);
  });

  it('never loses an event it does not know', () => {
    expect(lines([{ name: 'SomethingNew', data: { a: 1 } }], { level: 'debug' })).toEqual(['HH:MM:SS  {"a":1}']);
  });

  it('writes one JSON object a line with dbt’s fields', () => {
    const [line] = lines([{ name: 'NodeStart', data: { node_info: info } }], { format: 'json', level: 'debug' });
    const { data, info: told } = JSON.parse(line!);
    expect(data.node_info.unique_id).toBe('model.shop.x');
    expect(told).toMatchObject({ name: 'NodeStart', code: 'Q024', level: 'debug', invocation_id: 'id-1' });
    expect(told.ts).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });
});

describe('what a reporter adds to an event', () => {
  const started = { name: 'NodeStart', thread: 'Thread-2 (worker)', data: { node_info: info } };

  it('gives what a template logs the node and the thread it belongs to, as long as the node runs', () => {
    const logged: Event = { name: 'JinjaLogInfo', node: info.unique_id, data: { msg: 'said' } };
    const events: Event[] = [started, logged, { name: 'NodeFinished', data: { node_info: info } }, logged];
    const [, during, , after] = lines(events, { format: 'json', level: 'debug' }).map((line) => JSON.parse(line));
    expect(during.data).toEqual({ msg: 'said', node_info: info });
    expect(during.info.thread).toBe('Thread-2 (worker)');
    expect(after.data).toEqual({ msg: 'said' });
    expect(after.info.thread).toBe('MainThread');
  });

  it("colours words as dbt does, each ended by a reset, and a deprecation carries dbt's name", () => {
    const event: Event = { name: 'MacroNotFoundForPatch', data: { patch_name: 'm' } };
    expect(lines([event], { colors: true })[0]).toContain('[\u001b[33mWARNING\u001b[0m]: Found patch for macro "m"');
    const [line] = lines([{ name: 'DuplicateYAMLKeysDeprecation', data: { file: 'a.yml' } }]);
    expect(line).toContain('[DuplicateYAMLKeysDeprecation]');
  });
});

describe('JSON lines', () => {
  const event = {
    name: 'PrintEvent',
    data: { msg: 'größer', b: [1, { d: true, c: null }], a: undefined, id: 2n ** 60n },
  };

  it("are written as Python's json writes them", () => {
    const [line] = lines([event], { format: 'json', env: { DBT_ENV_CUSTOM_ENV_job: '7' } });
    expect(line).toMatch(
      /^\{"data": \{"b": \[1, \{"c": null, "d": true\}\], "id": "1152921504606846976", "msg": "gr\\u00f6\\u00dfer"\}, "info": \{"category": "", /,
    );
    expect(JSON.parse(line!)).toMatchObject({
      data: { msg: 'größer' },
      info: { extra: { job: '7' }, name: 'PrintEvent' },
    });
  });

  it.each(['json', 'text'] as const)('in %s no secret is told', (format) => {
    const env = { DBT_ENV_SECRET_TOKEN: 'größer' };
    const [line] = lines([{ name: 'MainEncounteredError', data: { exc: 'größer is wrong' } }], { format, env });
    expect(line).toContain('***** is wrong');
  });
});
