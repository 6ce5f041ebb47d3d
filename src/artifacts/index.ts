export { readManifest, writeManifest } from './manifest.ts';
export { type RunResultsFile, readRunResults, writeRunResults } from './run-results.ts';
