export type { Counts } from './manifest/counts.ts';
export { parseProject } from './parse-project.ts';
export type { ParseInput, ParseResult } from './types.ts';
