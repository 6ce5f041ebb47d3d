/**
 * What tsdbt does, a command each. The story of most of them is main/run.ts:
 * load -> parse -> graph -> select -> compile and execute -> artifacts.
 */

import { openProject, writeParsed, writePerfInfo } from './main/open-project.ts';
import type { Request } from './main/request.ts';

export { check } from './main/check.ts';
export { clean } from './main/clean.ts';
export { clone } from './main/clone.ts';
export { debug } from './main/debug.ts';
export { demo } from './main/demo.ts';
export { deps } from './main/deps.ts';
export { docsGenerate } from './main/docs-generate.ts';
export { docsServe } from './main/docs-serve.ts';
export { sourceFreshness } from './main/freshness.ts';
export { init } from './main/init.ts';
export { jobRun } from './main/job.ts';
export { jobDeliveries } from './main/job-deliveries.ts';
export { jobExport } from './main/job-export.ts';
export { jobList, jobNext, jobSchema, jobShow } from './main/job-list.ts';
export { jobFreshness, jobHistory, jobStatus } from './main/job-state.ts';
export { jobValidate } from './main/job-validate.ts';
export { lineage } from './main/lineage.ts';
export { list } from './main/list.ts';
export { metricsServe } from './main/metrics-serve.ts';
export { operation } from './main/operation.ts';
export type { Request } from './main/request.ts';
export { retry } from './main/retry.ts';
export { run } from './main/run.ts';
export { serverStart, serverStatus, serverStop } from './main/server.ts';
export { show } from './main/show.ts';
export { syncList, syncPlan, syncRollback, syncRun, syncSchema } from './main/sync.ts';
export { syncClean, syncHistory, syncStatus } from './main/sync-state.ts';

/** `parse`: what the project means, written to manifest.json. */
export async function parseOnly(request: Request): Promise<number> {
  const session = await openProject(request);
  await writeParsed(session);
  await writePerfInfo(session);
  return 0;
}
