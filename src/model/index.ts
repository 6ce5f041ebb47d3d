export type * from './config.ts';
export type * from './events.ts';
export type * from './manifest.ts';
export type * from './node.ts';
export type * from './project.ts';
export type * from './resource.ts';
export type * from './run-result.ts';
export type * from './sync.ts';
