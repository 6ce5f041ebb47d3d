import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type HistoryEntry, lastRuns, metricsText, serveMetrics } from '../../src/jobs/index.ts';

const at = (time: string): string => `2026-06-30T${time}.000Z`;
const ENDED = { event: 'ended', seconds: 61.5, attempts: 2, rows: 7, bytes: 0 } as const;
const ENTRIES: readonly HistoryEntry[] = [
  { job: 'core', run: 'r0', at: at('11:00:00'), ...ENDED, attempts: 1, status: 'success' },
  {
    job: 'core',
    run: 'r1',
    at: at('12:00:00'),
    event: 'step',
    step: 'run',
    attempt: 2,
    ok: false,
    seconds: 1,
    units: [
      { name: 'model.p.a', status: 'error', seconds: 1 },
      { name: '"7"', status: 'dead', seconds: 0 },
    ],
  },
  { job: 'core', run: 'r1', at: at('12:00:00'), ...ENDED, status: 'failed' },
  { job: 'other', run: 'r2', at: at('12:00:00'), ...ENDED, attempts: 1, status: 'success' },
];
const NOW = Date.parse(at('12:30:00'));

function textOf(): string {
  return metricsText({
    runs: lastRuns(ENTRIES, ['core', 'other', 'never']),
    promises: [
      { model: 'odd "name"\\', within: 1800, builtAt: NOW - 3_600_000, late: true, told: false },
      { model: 'unbuilt', within: 60, builtAt: undefined, late: false, told: false },
    ],
    running: [{ job: 'never', isRunning: true }],
    now: NOW,
  });
}

/** The text format as its specification has it: families stand together, each told once, each sample once. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const told = new Set<string>();
  let current = '';
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line);
    if (comment !== null) {
      const [, kind, name, rest] = comment;
      expect(told.has(`${kind} ${name}`), line).toBe(false);
      told.add(`${kind} ${name}`);
      if (kind === 'TYPE') expect(['gauge', 'counter']).toContain(rest);
      current = name!;
      continue;
    }
    const sample =
      /^([a-zA-Z_:][\w:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\} (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/.exec(
        line,
      );
    expect(sample, line).not.toBeNull();
    expect(sample![1]).toBe(current);
    const key = `${sample![1]}{${sample![2]}}`;
    expect(samples.has(key), key).toBe(false);
    samples.set(key, Number(sample![3]));
  }
  return samples;
}

describe('metrics', () => {
  it('are the text that Prometheus reads', () => {
    const samples = parse(textOf());
    expect(Object.fromEntries(samples)).toMatchObject({
      'tsdbt_job_last_duration_seconds{job_name="core"}': 61.5,
      'tsdbt_job_last_success_timestamp_seconds{job_name="core"}': Date.parse(at('11:00:00')) / 1000,
      'tsdbt_job_last_failed_nodes{job_name="core"}': 1,
      'tsdbt_job_last_dead_letters{job_name="core"}': 1,
      'tsdbt_job_last_status{job_name="core",status="failed"}': 1,
      'tsdbt_job_last_status{job_name="core",status="success"}': 0,
      'tsdbt_job_running{job_name="never"}': 1,
      'tsdbt_model_age_seconds{model="odd \\"name\\"\\\\"}': 3600,
      'tsdbt_model_promised_seconds{model="unbuilt"}': 60,
      'tsdbt_model_late{model="unbuilt"}': 0,
    });
    expect([...samples.keys()].some((key) => key.startsWith('tsdbt_model_age_seconds{model="unbuilt"'))).toBe(false);
  });

  it('are served to this machine only, to its own names', async () => {
    let isBroken = false;
    const read = async () => (isBroken ? Promise.reject(new Error('no disk')) : textOf());
    const server = await serveMetrics(read, { host: '127.0.0.1', port: 0 });
    const port = Number(new URL(server.url).port);
    const ask = (path: string, host: string, method = 'GET') =>
      new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
        const asked = httpRequest({ port, host: '127.0.0.1', path, method, headers: { host } }, (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          const type = String(answer.headers['content-type']);
          answer.on('end', () => resolve({ status: answer.statusCode!, type, text }));
        });
        asked.on('error', reject).end();
      });
    try {
      const good = await ask('/metrics', `localhost:${port}`);
      expect(good).toMatchObject({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
      expect(parse(good.text).size).toBeGreaterThan(20);
      expect(await ask('/metrics', 'evil.example')).toMatchObject({ status: 403 });
      expect(await ask('/', `localhost:${port}`)).toMatchObject({ status: 404 });
      expect(await ask('/metrics', `localhost:${port}`, 'POST')).toMatchObject({ status: 405 });
      isBroken = true;
      expect(await ask('/metrics', `localhost:${port}`)).toMatchObject({
        status: 500,
        text: expect.stringContaining('no disk'),
      });
    } finally {
      await server.close();
    }
  });
});
