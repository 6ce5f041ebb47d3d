import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { EXPORTERS, type ExportFormat, type JobDefinition, loadJobs } from '../../../src/jobs/index.ts';
import { parseCron } from '../../../src/jobs/plan/cron.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-export-'));
let jobs: readonly JobDefinition[];

beforeAll(async () => {
  mkdirSync(join(dir, 'jobs'));
  writeFileSync(
    join(dir, 'jobs/j.yml'),
    `jobs:
  - name: Nightly_Batch
    description: 100 % of it
    schedule: {cron: '5 2 1,15 * mon-fri', timezone: Europe/Berlin}
    timeout: 1 h
    wait_for: [{job: core, limit: 30 min}]
    steps: [{run: {select: a}}]
  - name: core
    schedule: '@hourly'
    timeout: 10 min
    steps: [{run: {select: b}}]
`,
  );
  const { jobs: found, problems } = await loadJobs(join(dir, 'jobs'), 'jobs');
  expect(problems).toEqual([]);
  jobs = found;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const OPTIONS = { command: 'npx tsdbt', dir: '/srv/my project/50%', image: 'registry/stir:1', project: 'stir' };

function exported(format: ExportFormat): ReadonlyMap<string, string> {
  return new Map(EXPORTERS[format](jobs, OPTIONS).map(({ name, text }) => [name, text]));
}

function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

it('crontab: a line each below its zone, with % and blanks kept from cron and the shell', () => {
  expect([...exported('crontab')]).toEqual([
    [
      'stir.crontab',
      `CRON_TZ=Europe/Berlin
5 2 1,15 * mon-fri cd '/srv/my project/50\\%' && npx tsdbt job run Nightly_Batch --skips-succeed --quiet
CRON_TZ=UTC
0 * * * * cd '/srv/my project/50\\%' && npx tsdbt job run core --skips-succeed --quiet
`,
    ],
  ]);
});

it('kubernetes: one CronJob each that never runs twice and ends at its limit', () => {
  const [text] = [...exported('kubernetes').values()];
  const found = parseAllDocuments(text!).map((document) => document.toJS());
  expect(found.map(({ kind, metadata, spec }) => [kind, metadata.name, spec.schedule, spec.timeZone])).toEqual([
    ['CronJob', 'nightly-batch', '5 2 1,15 * mon-fri', 'Europe/Berlin'],
    ['CronJob', 'core', '0 * * * *', 'UTC'],
  ]);
  const [{ spec }] = found as [{ spec: Record<string, never> }];
  expect(spec).toMatchObject({
    concurrencyPolicy: 'Forbid',
    jobTemplate: {
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 3600 + 1800 + 120,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                image: 'registry/stir:1',
                workingDir: '/srv/my project/50%',
                command: ['npx', 'tsdbt', 'job', 'run', 'Nightly_Batch', '--skips-succeed'],
              },
            ],
          },
        },
      },
    },
  });
});

it('github: one workflow each, one run at a time, the zone told', () => {
  const files = exported('github');
  expect([...files.keys()]).toEqual(['.github/workflows/nightly-batch.yml', '.github/workflows/core.yml']);
  const text = files.get('.github/workflows/nightly-batch.yml')!;
  expect(text).toContain('# Meant in Europe/Berlin; GitHub reads UTC.');
  const [document] = parseAllDocuments(text).map((one) => one.toJS());
  expect(document).toMatchObject({
    on: { schedule: [{ cron: '5 2 1,15 * mon-fri' }] },
    concurrency: { group: 'nightly-batch', 'cancel-in-progress': false },
    jobs: { run: { 'timeout-minutes': 92 } },
  });
});

it.runIf(has('python3'))('airflow: a file that Python compiles (its run by Airflow is in test:clients)', () => {
  const [[name, text]] = [...exported('airflow')] as [[string, string]];
  writeFileSync(join(dir, name), text);
  const compiled = spawnSync('python3', ['-m', 'py_compile', join(dir, name)], { encoding: 'utf8' });
  expect(compiled.stderr).toBe('');
  expect(text).toContain(
    'Nightly_Batch = tsdbt_job("Nightly_Batch", "100 % of it", "5 2 1,15 * mon-fri", "Europe/Berlin", 5520, "npx tsdbt job run Nightly_Batch ", "/srv/my project/50%", ["tsdbt","stir"])',
  );
});

describe('systemd', () => {
  it('has a service that knows skips from failures, and a timer with both of cron’s day fields', () => {
    const files = exported('systemd');
    expect([...files.keys()]).toEqual([
      'tsdbt-stir-nightly-batch.service',
      'tsdbt-stir-nightly-batch.timer',
      'tsdbt-stir-core.service',
      'tsdbt-stir-core.timer',
    ]);
    const service = files.get('tsdbt-stir-nightly-batch.service');
    expect(service).toContain('WorkingDirectory=/srv/my project/50%%\n');
    expect(service).toContain('SuccessExitStatus=98 99\n');
    expect(service).toContain('TimeoutStartSec=5520\n');
    const timer = files.get('tsdbt-stir-nightly-batch.timer');
    expect(timer).toContain('OnCalendar=*-*-1,15 02:05:00 Europe/Berlin\n');
    expect(timer).toContain('OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 02:05:00 Europe/Berlin\n');
  });

  it.runIf(has('systemd-analyze'))('is right in systemd’s own eyes, and due when cron is', () => {
    for (const [name, text] of exported('systemd')) writeFileSync(join(dir, name), text.replace(/^WorkingDir.*$/m, ''));
    const units = [...exported('systemd').keys()].map((name) => join(dir, name));
    const { stdout, stderr, status } = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' });
    expect(status, `${stdout}${stderr}`).toBe(0);
    for (const text of ['*/15 * * * *', '0 6 */7 * *', '30 5-7 * feb,mar sun', '7 */5 31 * *']) {
      const schedule = parseCron(text, 'UTC');
      if (typeof schedule === 'string') throw new Error(schedule);
      const job = { ...jobs[1]!, schedule };
      const timer = EXPORTERS.systemd([job], OPTIONS)[1]!.text;
      const calendar = /OnCalendar=(.*)/.exec(timer)![1]!;
      const args = ['calendar', '--iterations=1', '--base-time=2026-01-01 00:00:30 UTC', calendar];
      const said = spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
      const next = /Next elapse: \w+ (\S+ \S+) UTC/.exec(said.stdout)?.[1];
      const expected = NEXT[text];
      expect(next, `${text}: ${calendar} ${said.stderr}`).toBe(expected);
    }
  });
});

/** The first moment after 2026-01-01 00:00:30, by the calendar on the wall. */
const NEXT: Readonly<Record<string, string>> = {
  '*/15 * * * *': '2026-01-01 00:15:00',
  '0 6 */7 * *': '2026-01-01 06:00:00',
  '30 5-7 * feb,mar sun': '2026-02-01 05:30:00',
  '7 */5 31 * *': '2026-01-31 00:07:00',
};
