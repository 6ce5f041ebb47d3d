export { bareNode } from './bare-node.ts';
export { calledAt, withMacros } from './called-macros.ts';
export { type CompileInput, type Compiler, createCompiler, type Extras } from './compiler.ts';
export { injectCtes } from './inject.ts';
export type { Lookup, Refable } from './lookup.ts';
export { writtenPath } from './paths.ts';
export { sourceRelation } from './resolver.ts';
export { refOf, relationOf, renderSql } from './snippet.ts';
export { compileUnitTest } from './unit-test.ts';
