export { checkNodes } from './check.ts';
export { type CheckOutput, type CheckSummary, renderCheck } from './render.ts';
export type { CheckInput, CheckResult, Column, Finding, TypedNode, TypeState } from './types.ts';
