import type { JobDefinition } from '../types.ts';
import { type Exporter, fiveFields, shellWord } from './types.ts';

/** Lines of a crontab. A skip of overlap or window is no failure, of which cron would send a letter. */
export const crontab: Exporter = (jobs, { command, dir, project }) => {
  const zones = [...new Set(jobs.map(({ schedule }) => schedule.zone))];
  const lines = zones.flatMap((zone) => [
    `CRON_TZ=${zone}`,
    ...jobs.filter(({ schedule }) => schedule.zone === zone).map((job) => lineOf(job, command, dir)),
  ]);
  return [{ name: `${project}.crontab`, text: `${lines.join('\n')}\n` }];
};

/** In a crontab % ends the command unless it is escaped. */
function lineOf(job: JobDefinition, command: string, dir: string): string {
  const run = `cd ${shellWord(dir)} && ${command} job run ${shellWord(job.name)} --skips-succeed --quiet`;
  return `${fiveFields(job)} ${run.replaceAll('%', '\\%')}`;
}
