export { BEHAVIOUR_FLAGS } from './flags/behaviour.ts';
export { loadProject } from './load-project.ts';
export { packageName, specifiedPackages } from './packages.ts';
export { renderOutput } from './render-output.ts';
