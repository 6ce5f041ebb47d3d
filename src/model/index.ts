export type * from './events.ts';
export type * from './manifest.ts';
export type * from './project.ts';
export type * from './run-result.ts';
