export { type CatalogPlace, readCatalogRows } from './catalog.ts';
export { execute } from './execute.ts';
export { runFreshness } from './freshness-run.ts';
export { operationMacro, runOperation } from './operation.ts';
export { compileNode, showNode } from './show.ts';
export { announceEnd, summarize } from './summary.ts';
export type { BatchesBefore, ExecuteInput, ExecuteOutcome } from './types.ts';
