export { bareNode } from './bare-node.ts';
export { calledAt, withMacros } from './called-macros.ts';
export { type CompileInput, type Compiler, createCompiler, type Extras, type MappedSql } from './compiler.ts';
export type { Lookup, Refable } from './lookup.ts';
export { writtenPath } from './paths.ts';
export { type Place, sourceRelation } from './resolver.ts';
export { sampleWindow } from './sample.ts';
export { compileNode, mappedNode, refOf, relationOf, renderSql } from './snippet.ts';
export { compileUnitTest } from './unit-test.ts';
