export { type CatalogFile, type CatalogRow, catalogTables, writeCatalog } from './catalog.ts';
export { type LineageNode, readColumnLineage, writeColumnLineage } from './column-lineage.ts';
export { readJson as readArtifact, writeArtifact } from './json-file.ts';
export { readManifest, writeManifest, writeManifestText, writeSemanticManifest } from './manifest.ts';
export { writePerfInfo } from './perf-info.ts';
export { type RunRecord, readRunRecords, writeRunRecord } from './run-record.ts';
export { type RunResultsFile, readRunResults, writeRunResults } from './run-results.ts';
export { writeSources } from './sources.ts';
export { writeSyncs } from './syncs.ts';
