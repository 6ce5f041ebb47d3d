import { afterEach, describe, expect, it } from 'vitest';
import type { StepOutcome, StepRunner } from '../../src/jobs/index.ts';
import { DONE, lasting, type Stage, stage } from './support/stage.ts';

const NIGHTLY = `jobs:
  - name: nightly
    schedule: '0 19 * * *'
    timeout: 60 min
    notify: {recovery: true}
    steps: [{truncate: a}, {run: {select: b}}]
`;
const START = '2026-06-30T19:00:00Z';

let on: Stage;
afterEach(() => on.remove());

/** Fails as often as told, with two models of three unfinished. */
function failing(times: number, seen: (readonly string[] | undefined)[]): StepRunner {
  let left = times;
  return async (step, { only }) => {
    if (step.kind !== 'run') return DONE;
    seen.push(only);
    if (left-- <= 0)
      return { ok: true, units: [{ name: 'model.p.y', status: 'success', seconds: 1, rows: 5 }], unfinished: [] };
    const units = [
      { name: 'model.p.x', status: 'success', seconds: 1, rows: 3 },
      { name: 'model.p.y', status: 'error', seconds: 1, message: 'no <memory>' },
      { name: 'model.p.z', status: 'skipped', seconds: 0 },
    ];
    return { ok: false, units, unfinished: ['model.p.y', 'model.p.z'], message: '2 of 3 did not succeed' };
  };
}

describe('a run', () => {
  it('does its steps in order and writes down what happened', async () => {
    const order: string[] = [];
    on = await stage(NIGHTLY, START, async (step) => {
      order.push(step.kind);
      return DONE;
    });
    expect(await on.clock.until(on.start('nightly'))).toMatchObject({ status: 'success', attempts: 1 });
    expect(order).toEqual(['truncate', 'run']);
    expect(on.history().map(({ event }) => event)).toEqual(['started', 'step', 'step', 'ended']);
    expect(on.alerts).toEqual([]);
    expect(await on.world.locks.holder('nightly')).toBeUndefined();
  });

  it('that fails is tried once more after five minutes, from what failed, and its done steps stay done', async () => {
    const seen: (readonly string[] | undefined)[] = [];
    on = await stage(NIGHTLY, START, failing(1, seen));
    const result = await on.clock.until(on.start('nightly'));
    expect(result).toMatchObject({ status: 'success', attempts: 2, rows: 8 });
    expect(result.endedAt - result.startedAt).toBe(300_000);
    expect(seen).toEqual([undefined, ['model.p.y', 'model.p.z']]);
    expect(on.history().filter(({ event }) => event === 'step')).toHaveLength(3);
    expect(on.alerts).toEqual([]);
  });

  it('that fails twice has failed and somebody is told; the next good one tells of it', async () => {
    on = await stage(NIGHTLY, START, failing(2, []));
    expect(await on.clock.until(on.start('nightly'))).toMatchObject({ status: 'failed', attempts: 2 });
    expect(on.alerts).toMatchObject([
      { kind: 'failure', job: 'nightly', message: '2 of 3 did not succeed', failed: [{ name: 'model.p.y' }] },
    ]);
    expect(await on.clock.until(on.start('nightly'))).toMatchObject({ status: 'success' });
    expect(on.alerts.at(-1)).toMatchObject({ kind: 'recovery' });
  });

  it('is stopped at its time limit, and no retry begins after it', async () => {
    on = await stage(NIGHTLY, START, (step, options) =>
      lasting(
        () => on.clock,
        () => 50 * 60,
      )(step, options),
    );
    const result = await on.clock.until(on.start('nightly'));
    expect(result).toMatchObject({ status: 'timeout', attempts: 1, message: 'stopped at its time limit of 3600s' });
    expect(result.endedAt - result.startedAt).toBe(3_600_000);
    expect(on.alerts).toMatchObject([{ kind: 'failure' }]);
  });

  it('stops one step at its own limit and tries again', async () => {
    const yaml = `jobs: [{name: a, schedule: '0 * * * *', steps: [{sql: x, timeout: 30 s}]}]`;
    on = await stage(yaml, START, (step, options) =>
      lasting(
        () => on.clock,
        () => 40,
      )(step, options),
    );
    const result = await on.clock.until(on.start('a'));
    expect(result).toMatchObject({ status: 'failed', attempts: 2, message: 'the step took longer than 30s' });
    expect(result.endedAt - result.startedAt).toBe(360_000);
  });

  it('is interrupted at once, in its pause too', async () => {
    const interrupt = new AbortController();
    on = await stage(NIGHTLY, START, failing(9, []));
    const run = on.start('nightly', 'r', { interrupted: interrupt.signal });
    void on.clock.sleep(60_000).then(() => interrupt.abort());
    const result = await on.clock.until(run);
    expect(result).toMatchObject({ status: 'interrupted', attempts: 1 });
    expect(result.endedAt - result.startedAt).toBe(60_000);
  });

  it('is not begun beside another of the same job, nor inside its window', async () => {
    on = await stage(
      `jobs: [{name: a, schedule: '0 * * * *', skip: [{from: '20:00', to: '22:00'}], steps: [{sql: x}]}]`,
      '2026-06-30T19:00:00Z',
      (step, options) =>
        lasting(
          () => on.clock,
          () => 600,
        )(step, options),
    );
    const [first, second] = await on.clock.until(Promise.all([on.start('a'), on.start('a')]));
    expect([first!.status, second!.skipped]).toEqual(['success', 'overlap']);
    await on.clock.until(on.clock.sleep(3_600_000));
    expect(await on.clock.until(on.start('a'))).toMatchObject({ status: 'skipped', skipped: 'window' });
    expect(on.alerts).toEqual([]);
  });

  it('makes no retry inside its window', async () => {
    const yaml = `jobs: [{name: a, schedule: '0 * * * *', skip: [{from: '19:03', to: '22:00'}], steps: [{sql: x}]}]`;
    on = await stage(yaml, START, async () => ({ ...DONE, ok: false, message: 'bad' }));
    expect(await on.clock.until(on.start('a'))).toMatchObject({ status: 'failed', attempts: 1, message: 'bad' });
  });

  it('whose lock another has taken over is stopped', async () => {
    on = await stage(NIGHTLY, START, (step, options) =>
      lasting(
        () => on.clock,
        () => 1800,
      )(step, options),
    );
    const run = on.start('nightly');
    // The machine slept: nothing was renewed, and another found the lock expired.
    const { locks } = on.world;
    void on.clock.sleep(60_000).then(async () => {
      const { fileLocks } = await import('../../src/jobs/index.ts');
      const late = fileLocks({ dir: `${on.dir}/locks`, lease: 1000, now: () => on.clock.now() + 7_200_000 });
      expect(await late.acquire('nightly', 'other')).toHaveProperty('lock.tookOver.runId', 'run-1');
    });
    expect(await on.clock.until(run)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('taken over'),
    });
    expect(await locks.holder('nightly')).toMatchObject({ runId: 'other' });
  });
});

describe('a wait', () => {
  const WAITING = `jobs:
  - {name: daily, schedule: '0 19 * * *', timeout: 8 h, steps: [{sql: x}]}
  - {name: push, schedule: '15 20 * * *', steps: [{sync: y}], wait_for: [{job: daily, limit: 5 h}]}
`;
  const hours =
    (daily: number): StepRunner =>
    (step, options) =>
      lasting(
        () => on.clock,
        ({ kind }) => (kind === 'sql' ? daily * 3600 : 60),
      )(step, options);

  it('ends when the run that was due has succeeded, and not for an older one', async () => {
    on = await stage(WAITING, '2026-06-29T19:00:00Z', hours(2.5));
    await on.clock.until(on.start('daily'));
    await on.clock.until(on.clock.sleep(Date.parse('2026-06-30T19:00:00Z') - on.clock.now()));
    const daily = on.start('daily');
    await on.clock.until(on.clock.sleep(75 * 60_000));
    const [built, pushed] = await on.clock.until(Promise.all([daily, on.start('push')]));
    expect(pushed!.status).toBe('success');
    expect(pushed!.endedAt).toBeGreaterThan(built!.endedAt);
    expect(pushed!.endedAt).toBeLessThan(built!.endedAt + 120_000);
  });

  it('ends in vain at its limit, and somebody is told', async () => {
    on = await stage(WAITING, '2026-06-30T20:15:00Z', hours(1));
    const result = await on.clock.until(on.start('push'));
    expect(result).toMatchObject({ status: 'skipped', skipped: 'wait' });
    expect(result.message).toContain('job daily did not come within 18000s');
    expect(on.alerts).toMatchObject([{ kind: 'failure', job: 'push' }]);
  });

  it('for a model looks at its age', async () => {
    const built: StepOutcome = {
      ok: true,
      units: [{ name: 'model.p.m', status: 'success', seconds: 1 }],
      unfinished: [],
    };
    const yaml = `jobs:
  - {name: build, schedule: '0 * * * *', steps: [{sql: x}]}
  - {name: push, schedule: '0 * * * *', steps: [{sync: y}], wait_for: [{model: m, within: 30 min, limit: 1 h}]}
`;
    on = await stage(yaml, START, async ({ kind }) => (kind === 'sql' ? built : DONE));
    await on.clock.until(on.start('build'));
    expect(await on.clock.until(on.start('push'))).toMatchObject({ status: 'success' });
    await on.clock.until(on.clock.sleep(31 * 60_000));
    expect(await on.clock.until(on.start('push'))).toMatchObject({ status: 'skipped', skipped: 'wait' });
  });
});

describe('a promise', () => {
  it('that is broken is told once, and once more when it is kept again', async () => {
    const built: StepOutcome = {
      ok: true,
      units: [{ name: 'model.p.m', status: 'success', seconds: 1 }],
      unfinished: [],
    };
    const yaml = `jobs:
  - {name: core, schedule: '0 * * * *', steps: [{sql: x}], promises: [{model: m, within: 30 min}]}
  - {name: other, schedule: '0 * * * *', steps: [{sync: y}]}
`;
    on = await stage(yaml, START, async ({ kind }) => (kind === 'sql' ? built : DONE));
    for (const [job, minutes] of [
      ['core', 0],
      ['other', 29],
      ['other', 10],
      ['other', 5],
      ['core', 5],
      ['other', 5],
    ] as const) {
      await on.clock.until(on.clock.sleep(minutes * 60_000));
      await on.clock.until(on.start(job));
    }
    expect(on.alerts.map(({ kind, at }) => `${kind} ${at.slice(11, 16)}`)).toEqual(['late 19:39', 'fresh 19:49']);
  });
});
