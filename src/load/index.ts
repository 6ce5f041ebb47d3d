export { BEHAVIOUR_FLAGS } from './flags/behaviour.ts';
export { COMMAND_FLAGS, flagsOfCommand } from './flags/command-flags.ts';
export { type FlagKind, type FlagSpec, GLOBAL_FLAGS } from './flags/table.ts';
export type { LoadInput } from './input.ts';
export { loadProject } from './load-project.ts';
export { type OutputRequest, renderOutput } from './render-output.ts';
