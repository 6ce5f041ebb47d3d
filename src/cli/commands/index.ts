import type { CommandSpec } from '../command.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { clean } from './clean.ts';
import { clone } from './clone.ts';
import { compile } from './compile.ts';
import { completion } from './completion.ts';
import { debug } from './debug.ts';
import { demo } from './demo.ts';
import { deps } from './deps.ts';
import { docsGenerate } from './docs-generate.ts';
import { docsServe } from './docs-serve.ts';
import { init } from './init.ts';
import {
  freshnessCheck,
  jobDeliveries,
  jobExport,
  jobFreshness,
  jobHistory,
  jobLs,
  jobNext,
  jobRun,
  jobSchema,
  jobShow,
  jobStatus,
  jobValidate,
} from './job.ts';
import { lineage } from './lineage.ts';
import { ls } from './ls.ts';
import { metricsServe } from './metrics.ts';
import { parse } from './parse.ts';
import { retry } from './retry.ts';
import { run } from './run.ts';
import { runOperation } from './run-operation.ts';
import { seed } from './seed.ts';
import { serverStart, serverStatus, serverStop } from './server.ts';
import { show } from './show.ts';
import { snapshot } from './snapshot.ts';
import { sourceFreshness } from './source-freshness.ts';
import { syncClean, syncHistory, syncLs, syncPlan, syncRollback, syncRun, syncSchema, syncStatus } from './sync.ts';
import { test } from './test.ts';

export const COMMANDS: readonly CommandSpec[] = [
  build,
  run,
  test,
  seed,
  snapshot,
  compile,
  check,
  lineage,
  ls,
  parse,
  runOperation,
  show,
  clone,
  retry,
  docsGenerate,
  docsServe,
  sourceFreshness,
  init,
  deps,
  debug,
  clean,
  serverStart,
  serverStop,
  serverStatus,
  syncRun,
  syncPlan,
  syncStatus,
  syncHistory,
  syncRollback,
  syncClean,
  syncLs,
  syncSchema,
  jobRun,
  jobLs,
  jobShow,
  jobNext,
  jobStatus,
  jobHistory,
  jobFreshness,
  freshnessCheck,
  jobDeliveries,
  jobValidate,
  jobExport,
  jobSchema,
  metricsServe,
  demo,
  completion,
];
