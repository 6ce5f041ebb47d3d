export { BEHAVIOUR_FLAGS } from './flags/behaviour.ts';
export type { LoadInput } from './input.ts';
export { type LoadedOptions, loadOptions } from './load-options.ts';
export { loadProject } from './load-project.ts';
export { installPackages } from './packages/install.ts';
export { renderOutput } from './render-output.ts';
