import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SmallProject, smallProject } from '../e2e/small-project.ts';

// `npm run soak:job-race` begins a hundred pairs.
const RACES = Number(process.env['TSDBT_JOB_RACES'] ?? 2);

const JOBS = `jobs:
  - name: once
    schedule: '*/5 * * * *'
    steps:
      - sql: insert into main.begun select '{{ invocation_id }}' from numbers(4) where sleepEachRow(0.75) = 0 limit 1 by 1
`;

let project: SmallProject;
beforeAll(async () => {
  project = await smallProject({ 'jobs/a.yml': JOBS });
  await project.rows('create table main.begun (run String) engine = MergeTree order by run');
}, 120_000);
afterAll(() => project?.remove(), 60_000);

it(
  `two processes that begin a job at the same instant run it once, ${RACES} times of ${RACES}`,
  async () => {
    for (let race = 1; race <= RACES; race++) {
      const both = await Promise.all([project.run(['job', 'run', 'once']), project.run(['job', 'run', 'once'])]);
      expect(both.map(({ code }) => code).sort(), `race ${race}: ${both.map(({ stdout }) => stdout)}`).toEqual([0, 98]);
      expect(await project.rows('select count() from main.begun')).toEqual([[race]]);
    }
  },
  60_000 * RACES,
);
