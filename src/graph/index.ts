export { buildGraph } from './build.ts';
export { reach } from './reach.ts';
export { withTestEdges } from './test-edges.ts';
export { type Pending, timeLeft } from './time-left.ts';
export {
  type Binding,
  bindings,
  concurrency,
  criticalPath,
  type Segment,
  simulate,
  type Timed,
  type Why,
} from './timeline.ts';
export type { GraphMember, ProjectGraph } from './types.ts';
export { withNodes } from './with-nodes.ts';
