export { buildGraph } from './build.ts';
export { withTestEdges } from './test-edges.ts';
export type { GraphMember, ProjectGraph } from './types.ts';
export { withNodes } from './with-nodes.ts';
