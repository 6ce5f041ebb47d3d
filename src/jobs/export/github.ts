import type { JobDefinition } from '../types.ts';
import { type Exporter, fiveFields, hardLimit, unitName } from './types.ts';

/** A workflow for each job. GitHub's clock is UTC: a schedule in another zone is told in the file, to be checked by its owner. */
export const github: Exporter = (jobs, { command, dir }) =>
  jobs.map((job) => ({ name: `.github/workflows/${unitName(job.name)}.yml`, text: workflow(job, command, dir) }));

function workflow(job: JobDefinition, command: string, dir: string): string {
  const { zone } = job.schedule;
  const note = zone === 'UTC' ? '' : `    # Meant in ${zone}; GitHub reads UTC.\n`;
  return `name: ${job.name}
on:
  workflow_dispatch:
  schedule:
${note}    - cron: '${fiveFields(job)}'
concurrency:
  group: ${unitName(job.name)}
  cancel-in-progress: false
jobs:
  run:
    runs-on: ubuntu-latest
    timeout-minutes: ${Math.ceil(hardLimit(job) / 60)}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: {node-version: 20, cache: npm}
      - run: npm ci
      - run: ${command} job run ${job.name} --skips-succeed
        working-directory: ${JSON.stringify(dir)}
`;
}
