export { breakingFindings, changesSince } from './changes/changes.ts';
export type { Consumer } from './changes/impact.ts';
export { typeCompiled } from './changes/typed-state.ts';
export { checkNodes } from './check.ts';
export { renderTrace } from './lineage/render-trace.ts';
export { type Direction, traceColumn } from './lineage/trace.ts';
export type { Memo, Remembered } from './memo/memo.ts';
export { type CheckOutput, type CheckSummary, renderCheck } from './render.ts';
export type { CheckInput, CheckResult, Column, Finding, NodeLineage, TypedNode, TypeState } from './types.ts';
